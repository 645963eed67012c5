/** What access must know of a case. What only some services need is read only for them. */
import { and, eq, sql } from 'drizzle-orm';
import { prepared } from '../../../db/prepared.ts';
import { caseParties } from '../../../db/schema/engine.ts';
import type { CaseFacts } from '../../access/facts.ts';
import { readOwnTap } from '../../access/read-phones.ts';
import type { Ctx } from '../../context.ts';
import { existing } from '../questions/unit.ts';
import type { CaseRow } from '../drafts/load.ts';
import { isLed, leadersOf } from './leaders.ts';
import type { Service } from '../service.ts';

/** @see CaseFacts */
export async function factsOf(ctx: Ctx, row: CaseRow, service: Service): Promise<CaseFacts> {
  const { subjectId, unitId } = row;
  // Who applied for a retiree, themself or another, is a party by their link, for as long as it lasts; who applied at the counter,
  // for as long as they have a post.
  const hasPost = ctx.actor.is === 'person' && ctx.actor.posts.length > 0;
  const discreet = isDiscreet(row, service);
  const byLink = row.capacity === 'relative' || (row.capacity === 'self' && subjectId !== null);
  const past = (byLink && !discreet) || (row.capacity === 'counter' && !hasPost);
  return {
    subjectId,
    applicantId: past ? null : row.applicantId,
    unitId,
    unitPath: existing(ctx.city.units.get(unitId), unitId).path,
    asked: service.subject === 'named' ? await askedFacts(ctx, row) : null,
    led: await ledFacts(ctx, row, service),
    discreet,
    joined: service.open.one === 'join' && (await hasJoined(ctx, row.id)),
  };
}

/** Whether what the case reports is not known to be so (yet, or any more). */
export const isDiscreet = ({ status }: Pick<CaseRow, 'status'>, service: Service): boolean =>
  service.discreet === true && status !== 'approved';

async function askedFacts(ctx: Ctx, { subjectId, applicantId }: CaseRow): Promise<CaseFacts['asked']> {
  const { counts } = await readOwnTap(ctx, subjectId, applicantId);
  return { by: applicantId, ownTapCounts: counts };
}

async function ledFacts(ctx: Ctx, row: CaseRow, service: Service): Promise<CaseFacts['led']> {
  // Staff decide as staff; who leads nothing has no retiree's record.
  if (!isLed(service) || ctx.actor.is !== 'person' || ctx.actor.links.length === 0) return null;
  return { by: await leadersOf(ctx, row, service), asker: row.applicantId };
}

const joins = prepared((db) =>
  db
    .select({ seq: caseParties.seq })
    .from(caseParties)
    .where(
      and(eq(caseParties.accountId, sql.placeholder('accountId')), eq(caseParties.caseId, sql.placeholder('caseId'))),
    )
    .limit(1),
);

async function hasJoined({ actor, db }: Ctx, caseId: string): Promise<boolean> {
  if (actor.is !== 'person') return false;
  return (await joins(db, { accountId: actor.accountId, caseId })).length > 0;
}
