/** What the registry holds now beside what is applied for: what an approval would change. For staff. */
import { say } from '../../../locales/index.ts';
import { lastSeen } from '../../access/last-seen.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { showDay } from '../../delivery/message.ts';
import type { Retiree } from '../../ports.ts';
import { showAddress } from '../../values/address.ts';
import { blankRow, loaded, type CaseRow } from '../drafts/load.ts';
import { showAnswer } from '../drafts/view.ts';
import type { Situation } from '../form.ts';
import type { NamedPerson } from '../questions/person.ts';
import type { Service, AnySubject } from '../service.ts';
import type { HeldFact } from './shapes.ts';

/** @see HeldFact; `answers` are the service's own, as it works with them; `told` the units that were told that it waits */
export async function heldNow(
  ctx: Ctx,
  row: CaseRow,
  about: { service: Service; subject: AnySubject | null; answers: Record<string, unknown>; told: readonly string[] },
): Promise<HeldFact[]> {
  return [...(await registryHolds(ctx, row, about)), ...toldAlready(ctx, row, about.told)];
}

/** Which offices know already that an overdue case waits: whoever takes it up reads how far it has climbed. */
function toldAlready(ctx: Ctx, { dueAt }: CaseRow, told: readonly string[]): HeldFact[] {
  if (!dueAt || dueAt > ctx.clock() || told.length === 0) return [];
  const names = [...new Set(told.map((unitId) => ctx.city.units.get(unitId)?.name ?? unitId))];
  return [
    {
      key: 'escalated',
      question: say(ctx.locale, 'engine:held.escalated'),
      shown: names.join(say(ctx.locale, 'engine:held.comma')),
    },
  ];
}

async function registryHolds(
  ctx: Ctx,
  row: CaseRow,
  { service, subject, answers }: { service: Service; subject: AnySubject | null; answers: Record<string, unknown> },
): Promise<HeldFact[]> {
  if (subject && 'care' in subject)
    return [
      ...careHomeAndDeath(ctx, subject),
      ...(service.discreet && subject.alive ? await signsOfLife(ctx, subject) : []),
      ...knownAnswers(ctx, row, { service, subject, answers }),
    ];
  return service.subject === 'newcomer' ? await registered(ctx, { service, answers }) : [];
}

function careHomeAndDeath(ctx: Ctx, { care, home, diedOn }: Retiree): HeldFact[] {
  const none = say(ctx.locale, 'engine:held.none');
  return [
    {
      key: 'care',
      question: say(ctx.locale, 'engine:held.care'),
      shown: care ? ctx.city.units.fullName(care) : none,
    },
    {
      key: 'home',
      question: say(ctx.locale, 'engine:held.home'),
      shown: home ? `${home.community?.name ?? ''} ${showAddress(home.place)}`.trim() : none,
    },
    ...(diedOn
      ? [{ key: 'died', question: say(ctx.locale, 'engine:held.died'), shown: showDay(diedOn, ctx.locale) }]
      : []),
  ];
}

/**
 * Somebody is said to have died: when they last proved that they live, and whether their own account was used since. A daughter may
 * hold the phone, so that is a hint.
 */
async function signsOfLife(ctx: Ctx, { id, certifiedOn }: Retiree): Promise<HeldFact[]> {
  const at = await lastSeen(ctx, id);
  const signs = [
    ['certified', certifiedOn],
    ['seen', at && dayOf(at)],
  ] as const;
  return signs.flatMap(([key, day]) =>
    day ? [{ key, question: say(ctx.locale, `engine:held.${key}`), shown: showDay(day, ctx.locale) }] : [],
  );
}

/** What the form had offered as known. A home is compared as a whole, above. */
function knownAnswers(
  ctx: Ctx,
  row: CaseRow,
  { service, subject, answers }: { service: Service; subject: AnySubject; answers: Record<string, unknown> },
): HeldFact[] {
  const draft = loaded(ctx, { ...blankRow(ctx, service), capacity: row.capacity }, { service, subject, caseRow: row });
  const situation = { ...draft.who, answers } as unknown as Situation<never, never>;
  return draft.entries.flatMap((entry) => {
    if (!(entry.key in answers) || entry.question.kind === 'residence') return [];
    const known = entry.known?.(situation) ?? null;
    if (known === null) return [];
    return [
      { key: entry.key, question: say(ctx.locale, 'engine:held.before'), shown: showAnswer(ctx, draft, entry, known) },
    ];
  });
}

/** Whether the registry has the newcomer already; only staff are told, and of the place only the unit. */
async function registered(
  ctx: Ctx,
  { service, answers }: { service: Service; answers: Record<string, unknown> },
): Promise<HeldFact[]> {
  const facts = { subject: null, answers, units: ctx.city.units };
  const named: NamedPerson | null = service.open.about?.(facts as never) ?? null;
  if (!named) return [];
  const found = await ctx.city.people.byIdNumber(ctx.db, named.idNumber);
  const key = found ? 'engine:held.registeredAt' : 'engine:held.notRegistered';
  const unit = found?.care?.name ?? found?.insuredAt.name ?? '';
  return [
    { key: 'registered', question: say(ctx.locale, 'engine:held.registered'), shown: say(ctx.locale, key, { unit }) },
  ];
}
