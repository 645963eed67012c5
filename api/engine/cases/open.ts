/** Opens a case: from a submitted draft, a due date, or another case's effect. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { placeholders, prepared } from '../../../db/prepared.ts';
import { cases, type AskedAnswer, type Capacity } from '../../../db/schema/engine.ts';
import { blindIndex } from '../../../db/vault.ts';
import { say } from '../../../locales/index.ts';
import { perDay, spend } from '../../access/limits.ts';
import type { Ctx } from '../../context.ts';
import { compact } from '../../values/characters.ts';
import { caseNumber } from '../case-number.ts';
import { stepOf } from '../catalogue.ts';
import { cannotOpen } from '../errors.ts';
import { readingRoom, type CaseRow } from '../drafts/load.ts';
import { tellOpened } from '../notices.ts';
import type { NamedPerson } from '../questions/person.ts';
import type { Service, AnySubject } from '../service.ts';
import { caseView } from './about.ts';
import { asValues, JOINED, keepAnswers, OWN } from './answers.ts';
import { runEffects } from './effects.ts';
import { addEvent } from './event.ts';
import { ensureChecked, ensureMust } from './must.ts';
import { findNamed, personIn } from './named.ts';
import { addParty } from './parties.ts';
import { enterStep, setTimer } from './step.ts';

export interface NewCase {
  service: Service;
  subject: AnySubject | null;
  capacity: Capacity;
  answers: AskedAnswer[];
  draftId?: string;
  parentId?: string;
}

/** Opens the case, or gives the one that stands in its way (`open.one`). `ctx.db` is a transaction. @throws cannot-open */
export async function openCase(ctx: Ctx, opening: NewCase): Promise<{ row: CaseRow; fresh: boolean }> {
  const { service } = opening;
  if (service.open.mostADay && ctx.actor.is === 'person')
    await spend(ctx, perDay(`open:${service.kind}`, service.open.mostADay), ctx.actor.accountId);
  const values = asValues(service.ask.entries, opening.answers, readingRoom(ctx));
  const isNamed = service.subject === 'named';
  const found = isNamed || service.discreet ? await findNamed(ctx, personIn(ctx, service, values)) : null;
  const subject = isNamed ? found : (opening.subject ?? found);
  // What is only reported is refused by what its reporter said, never by what the registry knows.
  ensureMust(ctx, service, isNamed ? subject : opening.subject, values);
  await ensureChecked(ctx, service, isNamed ? subject : opening.subject, values);
  const held = (await service.open.hold?.(ctx, values)) ?? false;
  const facts = { subject, answers: values, units: ctx.city.units, held };
  const [first = ''] = Object.keys(service.steps);
  const entered = enterStep(ctx, service, first, facts, null);
  const named = subject && !isNamed ? null : personIn(ctx, service, values);
  const oneKey = service.open.one ? await keyOf(ctx, service, subject, named) : null;
  const row = await insert(ctx, { ...opening, subject }, entered, { oneKey, named });
  if (!row) return { row: await joinExisting(ctx, opening, oneKey ?? ''), fresh: false };
  await keepAnswers(ctx, row.id, OWN, row.round, opening.answers);
  const seq = await addEvent(ctx, {
    caseId: row.id,
    verb: 'open',
    step: row.step,
    status: row.status,
    unitId: row.unitId,
    payload: { capacity: opening.capacity },
    after: null,
  });
  await setTimer(ctx, row.id, row.round, stepOf(service, entered.step));
  const effects =
    service.open.do?.(caseView(ctx, row, { subject, answers: values, step: {}, receipts: [] }) as never) ?? [];
  await runEffects(ctx, row, seq, effects);
  await tellOpened(ctx, { row, service, subject });
  return { row, fresh: true };
}

/**
 * What is alive once only: the subject; for somebody reported the retiree they name, else what they were named. A newcomer is
 * not looked up: whoever applies must not learn, by the time it takes either, whom the registry has.
 */
async function keyOf(
  ctx: Ctx,
  { subject: kind }: Service,
  subject: AnySubject | null,
  named: NamedPerson | null,
): Promise<string | null> {
  if (kind === 'named') return askerKey(ctx, named);
  if (subject) return subject.id;
  if (!named) return null;
  const known = kind === 'newcomer' ? null : await ctx.city.people.byIdNumber(ctx.db, named.idNumber);
  return known?.id ?? blindIndex('id', named.idNumber).toString('hex');
}

/** Of everybody who asks, by what they typed: the same whether the registry has such a person, and whoever asked before. */
function askerKey({ actor }: Ctx, named: NamedPerson | null): string | null {
  if (!named || actor.is !== 'person') return null;
  return blindIndex('id', `${actor.accountId}:${compact(named.name)}:${named.idNumber}`).toString('hex');
}

async function insert(
  ctx: Ctx,
  opening: NewCase,
  entered: ReturnType<typeof enterStep>,
  { oneKey, named }: { oneKey: string | null; named: NamedPerson | null },
): Promise<CaseRow | undefined> {
  const { service, subject, capacity, draftId, parentId } = opening;
  const [next] = await ctx.db.execute<{ n: string }>(sql`select nextval('case_numbers') as n`);
  const [row] = await write(ctx.db, {
    ...entered,
    number: caseNumber(Number(next?.n)),
    kind: service.kind,
    serviceVersion: service.version,
    capacity,
    subjectId: subject?.id ?? null,
    // Somebody reported is named to nobody before staff said who it is.
    named: service.subject === 'newcomer' ? (named?.name ?? null) : null,
    applicantId: ctx.actor.is === 'person' ? ctx.actor.accountId : null,
    draftId: draftId ?? null,
    parentId: parentId ?? null,
    oneKey,
    openedAt: ctx.clock(),
  });
  return row;
}

const write = prepared((db) =>
  db
    .insert(cases)
    .values(
      placeholders(
        'number',
        'kind',
        'serviceVersion',
        'status',
        'step',
        'unitId',
        'capacity',
        'subjectId',
        'named',
        'applicantId',
        'draftId',
        'parentId',
        'oneKey',
        'dueAt',
        'clockFrom',
        'clockDays',
        'openedAt',
      ),
    )
    .onConflictDoNothing({ target: [cases.kind, cases.oneKey], where: sql`${cases.status} in ('open', 'returned')` })
    .returning(),
);

/** Somebody was quicker: the second reporter's words join that case; a second application only shows it. */
async function joinExisting(ctx: Ctx, { service, answers, capacity }: NewCase, oneKey: string): Promise<CaseRow> {
  const [row] = await ctx.db
    .select()
    .from(cases)
    .where(and(eq(cases.kind, service.kind), eq(cases.oneKey, oneKey), inArray(cases.status, ['open', 'returned'])))
    .for('update');
  if (!row) throw cannotOpen('again', say(ctx.locale, 'errors:again'));
  if (service.open.one === 'join') {
    const seq = await addEvent(ctx, {
      caseId: row.id,
      verb: 'join',
      step: row.step,
      status: row.status,
      unitId: row.unitId,
      payload: { capacity, said: toldOf(service, answers) },
    });
    await keepAnswers(ctx, row.id, JOINED, seq, answers);
    await addParty(ctx, row.id, seq);
  }
  return row;
}

/** What the timeline keeps of somebody's words: what is sensitive stands among the answers only. */
const toldOf = ({ ask }: Service, answers: readonly AskedAnswer[]) =>
  answers
    .filter(({ key }) => !ask.entries.some((entry) => entry.key === key && entry.question.sensitive))
    .map(({ question, shown }) => ({ question, shown }));
