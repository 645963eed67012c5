/** From what is written to what is read: handing in, the second pair of eyes, taking back, and withdrawing what was published. */
import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { noticeRevisions, noticeWalks, type RevisionState } from '../../db/schema/notices.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { say } from '../../locales/index.ts';
import { can, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { noticeEntry } from '../policy/entries.ts';
import { dropEntry, indexEntries } from '../policy/index-entries.ts';
import { needsAnother, nobodyMeant, noticeChanged, noticeUnfit } from './errors.ts';
import { audienceOf, changing, openRevision, type Notice, type Revision } from './notice.ts';
import { faultsOf, isForEveryone, type Audience } from './rules.ts';

type Changed = Promise<{ version: number }>;

/** Hands in what is written, for somebody else to look at. @throws not-signed-in, not-found, notice-changed, notice-unfit, notice-nobody */
export function submitNotice(ctx: Ctx, id: string, seen: number): Changed {
  return changing(ctx, id, 'notice.write', seen, async (inside, notice, unit) => {
    const open = await openIn(inside, notice, 'draft');
    await ensureFit(inside, open, unit.id);
    await setOpen(inside, open, { state: 'submitted', submittedBy: ensurePerson(inside.actor).accountId });
    return {};
  });
}

/** Gives it back to be written on: those who wrote it, or those who looked at it. @throws not-signed-in, not-found, notice-changed */
export function takeBackNotice(ctx: Ctx, id: string, seen: number): Changed {
  return changing(ctx, id, 'notice.oversee', seen, async (inside, notice) => {
    const open = await openIn(inside, notice, 'submitted');
    await setOpen(inside, open, { state: 'draft', submittedBy: null });
    return {};
  });
}

/**
 * Publishes what was handed in, and sets going that people are told. Readers of an older version are told what has changed.
 * @throws not-signed-in, not-found, notice-changed, notice-needs-another, notice-unfit, notice-nobody
 */
export function approveNotice(ctx: Ctx, id: string, seen: number): Changed {
  return changing(ctx, id, 'notice.oversee', seen, async (inside, notice, unit) => {
    const open = await openIn(inside, notice, 'submitted');
    const { accountId } = ensurePerson(inside.actor);
    if (!can(inside.actor, 'notice.approve', { unitPath: unit.path, submittedBy: open.submittedBy }))
      throw needsAnother();
    await ensureFit(inside, open, unit.id);
    const at = inside.clock();
    await setOpen(inside, open, { state: 'approved', approvedBy: accountId, approvedAt: at });
    await setWalking(inside, notice, open.n);
    await indexEntries(inside.db, [noticeEntry(notice, open)]);
    const { n, pinned, inForceUntil } = open;
    return {
      state: 'published',
      current: n,
      pinned,
      inForceUntil,
      isPublic: isForEveryone(audienceOf(open)),
      publishedAt: notice.publishedAt ?? at,
      correctedAt: notice.publishedAt ? at : null,
    };
  });
}

/** Takes back what was published: nobody reads it any more. @throws not-signed-in, not-found, notice-changed */
export function withdrawNotice(ctx: Ctx, id: string, seen: number, why: string): Changed {
  return changing(ctx, id, 'notice.oversee', seen, async (inside, notice) => {
    if (notice.state !== 'published') throw noticeChanged(notice.version);
    const { accountId } = ensurePerson(inside.actor);
    await dropEntry(inside.db, 'notice', id);
    return { state: 'withdrawn', withdrawnAt: inside.clock(), withdrawnBy: accountId, withdrawnWhy: why };
  });
}

async function openIn(ctx: Ctx, notice: Notice, state: RevisionState): Promise<Revision> {
  const open = await openRevision(ctx, notice);
  if (open?.state !== state || notice.state === 'withdrawn') throw noticeChanged(notice.version);
  return open;
}

async function setOpen({ db }: Ctx, { noticeId, n }: Revision, set: Partial<Revision>): Promise<void> {
  await db
    .update(noticeRevisions)
    .set(set)
    .where(and(eq(noticeRevisions.noticeId, noticeId), eq(noticeRevisions.n, n)));
}

async function setWalking({ db, clock }: Ctx, { id }: Notice, n: number): Promise<void> {
  const walk = { noticeId: id, n, startedAt: clock() };
  await db
    .insert(noticeWalks)
    .values([{ ...walk, what: 'audience' }, ...(n > 1 ? [{ ...walk, what: 'readers' as const }] : [])]);
}

async function ensureFit(ctx: Ctx, open: Revision, unitId: string): Promise<void> {
  const audience = audienceOf(open);
  const { title, summary, body, category, inForceFrom, inForceUntil, n } = open;
  const change = n === 1 ? null : open.change;
  const written = { title, summary, body, category, inForceFrom, inForceUntil, audience, change };
  const faults = faultsOf(written, dayOf(ctx.clock()), (flag) => say('zh-CN', `care:flags.names.${flag}`));
  if (faults.length > 0)
    throw noticeUnfit(
      faults.map((one) => ({ ...one, words: say(ctx.locale, `published:faults.${one.why}.${one.field}`) })),
    );
  if (!(await isAnybodyMeant(ctx, unitId, audience))) throw nobodyMeant();
}

/**
 * Whether anybody in the care of the unit and those below is of these ages and employers. Flags do not count here: whoever tries one
 * flag after another would learn who has which.
 */
async function isAnybodyMeant(ctx: Ctx, unitId: string, { ageFrom, ageTo, employerKinds }: Audience): Promise<boolean> {
  const age = sql`extract(year from age(${dayOf(ctx.clock())}::date, ${retirees.born}))`;
  const wanted: (SQL | undefined)[] = [
    ageFrom === null ? undefined : sql`${age} >= ${ageFrom}`,
    ageTo === null ? undefined : sql`${age} <= ${ageTo}`,
    employerKinds ? inArray(retirees.employerKind, [...employerKinds]) : undefined,
  ];
  const found = await ctx.db
    .select({ id: care.id })
    .from(care)
    .innerJoin(retirees, eq(retirees.id, care.retireeId))
    .where(
      and(inArray(care.unitId, ctx.city.units.within(unitId)), isNull(care.until), isNull(retirees.diedOn), ...wanted),
    )
    .limit(1);
  return found.length > 0;
}
