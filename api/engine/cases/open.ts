/** Opens a case: from a submitted draft, a due date, or another case's effect. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { placeholders, prepared } from '../../../db/prepared.ts';
import { cases, type AskedAnswer, type Capacity } from '../../../db/schema/engine.ts';
import { blindIndex } from '../../../db/vault.ts';
import { say } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import { caseNumber } from '../case-number.ts';
import { stepOf } from '../catalogue.ts';
import { cannotOpen } from '../errors.ts';
import { readingRoom, type CaseRow } from '../drafts/load.ts';
import { tellOpened } from '../notices.ts';
import type { Opening, Service, AnySubject } from '../service.ts';
import { caseView } from './about.ts';
import { asValues, JOINED, keepAnswers, OWN } from './answers.ts';
import { runEffects } from './effects.ts';
import { addEvent } from './event.ts';
import { ensureMust } from './must.ts';
import { enterStep, setTimer } from './step.ts';

type Values = Record<string, unknown>;

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
  const values = asValues(service.ask.entries, opening.answers, readingRoom(ctx));
  ensureMust(ctx, service, opening.subject, values);
  const subject = opening.subject ?? (await whoIsMeant(ctx, service, values));
  const held = (await service.open.hold?.(ctx, values)) ?? false;
  const facts = { subject, answers: values, units: ctx.city.units, held };
  const [first = ''] = Object.keys(service.steps);
  const entered = enterStep(ctx, service, first, facts, null);
  const oneKey = service.open.one ? await keyOf(ctx, service, facts) : null;
  const row = await insert(ctx, { ...opening, subject }, entered, oneKey);
  if (!row) return { row: await joinExisting(ctx, opening, oneKey ?? ''), fresh: false };
  await keepAnswers(ctx, row.id, OWN, row.round, opening.answers);
  const seq = await addEvent(ctx, {
    caseId: row.id,
    verb: 'open',
    step: row.step,
    status: row.status,
    unitId: row.unitId,
    payload: { capacity: opening.capacity },
    first: true,
  });
  await setTimer(ctx, row.id, row.round, stepOf(service, entered.step));
  const effects =
    service.open.do?.(caseView(ctx, row, { subject, answers: values, step: {}, receipts: [] }) as never) ?? [];
  await runEffects(ctx, row, seq, effects);
  await tellOpened(ctx, { row, service, subject });
  return { row, fresh: true };
}

/**
 * Who was reported, when name and number are one person's of the registry: then the office in whose care they are verifies it, and
 * their own account can say that it is not so. Whoever reported them is shown none of this.
 */
async function whoIsMeant(ctx: Ctx, service: Service, answers: Values): Promise<AnySubject | null> {
  const named = service.discreet && service.open.about?.({ subject: null, answers, units: ctx.city.units } as never);
  const found = named ? await ctx.city.people.byIdNumber(ctx.db, named.idNumber) : null;
  return found?.name === named?.name ? found : null;
}

/** What is alive once only: the subject; for somebody reported the retiree they name, else what they were named. */
async function keyOf(ctx: Ctx, service: Service, facts: Opening<object, AnySubject | null>): Promise<string | null> {
  if (facts.subject) return facts.subject.id;
  const named = service.open.about?.(facts as never);
  if (!named) return null;
  const known = await ctx.city.people.byIdNumber(ctx.db, named.idNumber);
  return known?.id ?? blindIndex('id', named.idNumber).toString('hex');
}

async function insert(
  ctx: Ctx,
  opening: NewCase,
  entered: ReturnType<typeof enterStep>,
  oneKey: string | null,
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
      payload: { capacity, said: answers.map(({ question, shown }) => ({ question, shown })) },
    });
    await keepAnswers(ctx, row.id, JOINED, seq, answers);
  }
  return row;
}
