/** Adds one event to a case's timeline. Runs under the case row's lock, so that the chain cannot fork. */
import { desc, eq, inArray, sql } from 'drizzle-orm';
import { asStored, prepared, preparedSql } from '../../../db/prepared.ts';
import { caseEvents, eventPayloads, type Capacity, type Status } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import { chainStart, digestOf, eventHash } from '../chain.ts';
import type { Verb } from '../verbs.ts';

/** The words of an event; sealed, and erasable without breaking the chain. */
export interface EventPayload {
  /** In what capacity somebody acted. */
  capacity?: Capacity;
  /** Answers given with the verb, in words: question → answer. */
  said?: { question: string; shown: string }[];
  /** What an amended answer was before. */
  before?: string;
}

export interface NewEvent {
  caseId: string;
  verb: Verb | 'open' | 'join' | 'end' | 'revive';
  step: string | null;
  status: Status;
  unitId: string;
  payload: EventPayload;
  /** The event before it, where that was read; null for a case just made, which has none. */
  after?: LastEvent | null;
}

/** The end of a timeline, which the next event is chained to. */
export type LastEvent = Pick<typeof caseEvents.$inferSelect, 'seq' | 'hash'>;

/** @returns the event's number, from 1 */
export async function addEvent(ctx: Ctx, { after, ...event }: NewEvent): Promise<number> {
  const [last = null] = after === undefined ? await newest(ctx.db, { caseId: event.caseId }) : [after];
  const { row, payload } = chainOn(ctx, event, last);
  await insertBoth(ctx.db, { ...row, ...payload });
  return row.seq;
}

/** One event on each of several cases that exist already, all under their locks: as many statements as for one. */
export async function addEvents(ctx: Ctx, events: readonly Omit<NewEvent, 'after'>[]): Promise<void> {
  if (events.length === 0) return;
  const lasts = await ctx.db
    .selectDistinctOn([caseEvents.caseId], { caseId: caseEvents.caseId, seq: caseEvents.seq, hash: caseEvents.hash })
    .from(caseEvents)
    .where(
      inArray(
        caseEvents.caseId,
        events.map(({ caseId }) => caseId),
      ),
    )
    .orderBy(caseEvents.caseId, desc(caseEvents.seq));
  const chained = events.map((event) =>
    chainOn(ctx, event, lasts.find(({ caseId }) => caseId === event.caseId) ?? null),
  );
  await ctx.db.insert(caseEvents).values(chained.map(({ row }) => row));
  await ctx.db.insert(eventPayloads).values(chained.map(({ payload }) => payload));
}

/** The event as the next link of its case's chain, and its words apart. */
function chainOn(ctx: Ctx, { payload, ...event }: Omit<NewEvent, 'after'>, last: LastEvent | null) {
  const { salt, digest } = digestOf(payload);
  const chained = {
    ...event,
    seq: (last?.seq ?? 0) + 1,
    at: ctx.clock(),
    accountId: ctx.actor.is === 'person' ? ctx.actor.accountId : null,
    digest,
    previous: last?.hash ?? chainStart,
  };
  const row = { ...chained, hash: eventHash(chained) };
  return { row, payload: { caseId: event.caseId, seq: chained.seq, salt, payload } };
}

/** The event and its words, in one statement: both stand, or neither. */
const insertBoth = preparedSql<never>(sql`
  with event as (
    insert into case_events (case_id, seq, at, verb, step, status, unit_id, account_id, digest, previous, hash)
    values (${sql.placeholder('caseId')}, ${sql.placeholder('seq')}, ${asStored(caseEvents.at, 'at')}, ${sql.placeholder('verb')},
            ${sql.placeholder('step')}, ${sql.placeholder('status')}, ${sql.placeholder('unitId')}, ${sql.placeholder('accountId')},
            ${sql.placeholder('digest')}, ${sql.placeholder('previous')}, ${sql.placeholder('hash')}))
  insert into event_payloads (case_id, seq, salt, payload)
  values (${sql.placeholder('caseId')}, ${sql.placeholder('seq')}, ${sql.placeholder('salt')}, ${asStored(eventPayloads.payload, 'payload')})`);

const newest = prepared((db) =>
  db
    .select({ seq: caseEvents.seq, hash: caseEvents.hash })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, sql.placeholder('caseId')))
    .orderBy(desc(caseEvents.seq))
    .limit(1),
);
