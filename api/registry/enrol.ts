/**
 * Somebody comes into the registry (第四条（二）): the person, in whose care they are, where they live, whom to call, and the keys by
 * which a clerk finds them. Whoever asked for themselves from a phone of theirs is bound; a relative is linked when they asked to be.
 */
import { and, eq, isNull, ne, or } from 'drizzle-orm';
import { links, slips } from '../../db/schema/access.ts';
import { cases } from '../../db/schema/engine.ts';
import { care, contacts, residences, retirees, searchKeys, type Place } from '../../db/schema/registry.ts';
import { isStillNamed } from '../../db/violations.ts';
import type { Ctx } from '../context.ts';
import type { PlainDate } from '../dates.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { bindApplicant, type Applicant } from './bind-applicant.ts';
import { alreadyRegistered } from './errors.ts';
import { retireeRow, searchKeyRows, type PersonFacts } from './import/retiree-rows.ts';

interface Enrol {
  person: PersonFacts;
  /** The unit in whose care they come. */
  unitId: string;
  /** Null outside the city; then `place.words` says where. */
  communityId: string | null;
  place: Place;
  contact: { name: string; relation: string; phone: string };
  since: PlainDate;
  /** Null when staff at the counter applied. */
  applicant: Applicant | null;
}

interface Receipt {
  retireeId: string;
}

export const enrol = defineEffect<Enrol, Receipt>({
  name: 'enrol',
  subjectOf: ({ retireeId }) => retireeId,
  /** @throws already-registered when the registry has somebody of this identity number: its index decides, not a look before */
  async apply(ctx, { person, unitId, communityId, place, contact, since, applicant }, { caseId }) {
    const [made] = await ctx.db
      .insert(retirees)
      .values({ ...retireeRow(person), createdAt: ctx.clock() })
      .onConflictDoNothing({ target: retirees.idNumberIndex })
      .returning({ id: retirees.id });
    if (!made) throw alreadyRegistered();
    const retireeId = made.id;
    await ctx.db.insert(care).values({ retireeId, unitId, since, caseId });
    await ctx.db.insert(residences).values({ retireeId, communityId, place, since, caseId });
    await ctx.db.insert(contacts).values({ ...contact, retireeId, emergency: true });
    await ctx.db.insert(searchKeys).values(searchKeyRows(unitId, retireeId, person));
    if (applicant) await bindApplicant(ctx, applicant, { retireeId, caseId });
    return { retireeId };
  },
  async undo(ctx, { retireeId }, { caseId }) {
    if (await hasLaterFacts(ctx, retireeId, caseId)) throw laterFacts('retiree');
    const theirs = [searchKeys, contacts, residences, care, links];
    await Promise.all(theirs.map((table) => ctx.db.delete(table).where(eq(table.retireeId, retireeId))));
    try {
      await ctx.db.delete(retirees).where(eq(retirees.id, retireeId));
    } catch (error) {
      throw isStillNamed(error) ? laterFacts('retiree') : error;
    }
  },
});

/** Another case, a move, a slip, or a link that was made elsewhere. */
async function hasLaterFacts(ctx: Ctx, retireeId: string, caseId: string): Promise<boolean> {
  const elsewhere = (table: typeof care | typeof residences | typeof links) =>
    and(eq(table.retireeId, retireeId), or(isNull(table.caseId), ne(table.caseId, caseId)));
  const found = await Promise.all([
    ctx.db
      .select({ id: cases.id })
      .from(cases)
      .where(and(eq(cases.subjectId, retireeId), ne(cases.id, caseId)))
      .limit(1),
    ctx.db.select({ id: care.id }).from(care).where(elsewhere(care)).limit(1),
    ctx.db.select({ id: residences.id }).from(residences).where(elsewhere(residences)).limit(1),
    ctx.db.select({ id: links.id }).from(links).where(elsewhere(links)).limit(1),
    ctx.db.select({ id: slips.id }).from(slips).where(eq(slips.retireeId, retireeId)).limit(1),
  ]);
  return found.some((rows) => rows.length > 0);
}
