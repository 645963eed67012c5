/**
 * Submits what was checked. The draft's id is the idempotency key: however often it is submitted, and by how many phones at once,
 * there is one case (or one decision), and everybody is given it.
 */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { asStored, prepared } from '../../../db/prepared.ts';
import { cases, drafts } from '../../../db/schema/engine.ts';
import { freshActor } from '../../access/person.ts';
import type { Ctx } from '../../context.ts';
import { notFound } from '../../errors.ts';
import { actOn, type ActResult } from '../cases/act.ts';
import { asAsked } from '../cases/answers.ts';
import { caseByNumber } from '../cases/find.ts';
import { openCase } from '../cases/open.ts';
import { recordConsents } from '../consents.ts';
import { changedSinceChecked, notAllAnswered } from '../errors.ts';
import { followed, FOLLOWED } from '../followed.ts';
import { once } from '../once.ts';
import type { Verb } from '../verbs.ts';
import { loadDraft, walkDraft, type CaseRow, type LoadedDraft } from './load.ts';

export interface SubmitInput {
  /** The draft revision that was shown for checking. */
  checked: number;
  /** For a decision: the case version that was seen. */
  version?: number | undefined;
}

const lock = prepared((db) =>
  db
    .update(drafts)
    .set({ submittedAt: asStored(drafts.submittedAt, 'now'), chatKey: null })
    .where(and(eq(drafts.id, sql.placeholder('id')), isNull(drafts.submittedAt)))
    .returning({ id: drafts.id }),
);

/**
 * Submits a draft.
 * @throws changed-since-checked when somebody answered meanwhile, not-all-answered, cannot-open, and what `act` throws
 */
export async function submitDraft(ctx: Ctx, draftId: string, input: SubmitInput): Promise<ActResult> {
  return once(ctx, async (tx) => {
    // Asked together: they go to the database in one piece.
    const [actor, [locked]] = await Promise.all([freshActor(tx), lock(tx.db, { id: draftId, now: ctx.clock() })]);
    const inside = { ...tx, actor };
    const draft = await loadDraft(inside, draftId);
    if (!locked) return before(inside, draft);
    if (draft.row.revision !== input.checked) throw changedSinceChecked(draft.row.revision);
    const { next } = walkDraft(draft);
    if (next) throw notAllAnswered(next.key);
    return draft.row.verb ? decide(inside, draft, input) : open(inside, draft);
  });
}

/** What came of the draft when it was submitted before. */
async function before(ctx: Ctx, draft: LoadedDraft): Promise<ActResult> {
  const [made] = await ctx.db.select().from(cases).where(eq(cases.draftId, draft.row.id));
  if (made) return resultOf(made);
  if (!draft.caseRow) throw notFound();
  return draft.row.verb || draft.service.open.one !== 'join' ? resultOf(draft.caseRow) : joinedTo(draft.caseRow);
}

async function open(ctx: Ctx, draft: LoadedDraft): Promise<ActResult> {
  const { service, subject, row } = draft;
  const answers = asAsked(ctx, draft, walkDraft(draft).asked, row.answers);
  const opened = await openCase(ctx, { service, subject, capacity: row.capacity, answers, draftId: row.id });
  await recordConsents(ctx, row, service.ask.entries, answers);
  // A draft that met a case in its way made none of its own, and belongs to that one.
  if (!opened.fresh) await ctx.db.update(drafts).set({ caseId: opened.row.id }).where(eq(drafts.id, row.id));
  return !opened.fresh && service.open.one === 'join' ? joinedTo(opened.row) : resultOf(opened.row);
}

async function decide(ctx: Ctx, { row, caseRow }: LoadedDraft, { version }: SubmitInput): Promise<ActResult> {
  if (!caseRow) throw notFound();
  const locked = await caseByNumber(ctx, caseRow.number, 'lock');
  const begun = { step: row.step, round: row.round };
  return actOn(ctx, locked, { verb: row.verb as Verb, version, begun }, row.answers);
}

/** Whoever joined somebody else's report follows it: however often they submit again, nothing tells what was done with it meanwhile. */
const joinedTo = ({ number, status }: CaseRow): ActResult => ({
  number,
  status: followed(status),
  version: FOLLOWED,
  joined: true,
});

/** An asker is told no version: a later one would tell that something happened. */
const resultOf = ({ number, status, version, capacity }: CaseRow): ActResult => ({
  number,
  status,
  version: capacity === 'asker' ? FOLLOWED : version,
});
