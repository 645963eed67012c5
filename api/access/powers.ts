/** What power a person has over a retiree, a case or a unit, by links and posts: what the rules of `can.ts` are put together from. */
import type { LinkScope, Role } from '../../db/schema/access.ts';
import { isOwn, type Person } from './actor.ts';
import type { CaseFacts, DraftFacts, RetireeFacts } from './facts.ts';
import { isWithin } from './posts.ts';

/**
 * What a relative may do for a retiree, by the scope they agreed on; the retiree's own account may all of it. `manage`: correct
 * and export what the registry holds, ask for a slip, see who looked and who else may act. Who may act is decided by the retiree
 * and by staff alone: no scope lets one relative admit or remove another.
 */
const duties = {
  look: ['read'],
  apply: ['read', 'apply'],
  everything: ['read', 'apply', 'manage'],
} as const satisfies Record<LinkScope, readonly string[]>;
type Duty = (typeof duties)['everything'][number];

/** Of what is asked of a retiree, or only reported of one, relatives see nothing: it is between the two, and the office. */
export function isParty(actor: Person, c: CaseFacts, duty: Duty): boolean {
  if (c.asked) return isAsked(actor, c);
  if (c.discreet) return c.applicantId === actor.accountId;
  return c.applicantId === actor.accountId || (c.subjectId !== null && mayFor(actor, c.subjectId, duty));
}

/** Whether they ask something of the retiree whom the case names. */
export function isAsker(actor: Person, { asked }: CaseFacts): boolean {
  return asked !== null && asked.by === actor.accountId;
}

/** Whether they are that retiree, or the one of whom something was reported. */
export function isAsked(actor: Person, c: CaseFacts): boolean {
  const says = c.asked !== null || c.discreet;
  return says && c.subjectId !== null && isOwn(actor, c.subjectId) && !isAsker(actor, c);
}

/** Whether they are the retiree, or act for them with a scope that has the duty. */
export function mayFor(actor: Person, retireeId: string, duty: Duty): boolean {
  const allows = (scope: LinkScope) => (duties[scope] as readonly Duty[]).includes(duty);
  return actor.links.some((link) => link.retireeId === retireeId && (link.relation === 'self' || allows(link.scope)));
}

/** Drafts of others than these hang on no right that can be lost: anybody may write them, and anybody may object. */
export const byRight = ({ capacity, subjectId, verb }: DraftFacts): boolean =>
  subjectId !== null && verb !== 'object' && ['self', 'relative', 'counter'].includes(capacity);

/** Whom a draft is about, as far as applying for them goes. */
export const aboutWhom = ({ subjectId }: DraftFacts): RetireeFacts => ({ retireeId: subjectId ?? '', carePath: null });

/** At the unit of this path, or above it. */
export function oversees(actor: Person, path: string): boolean {
  return actor.posts.some((post) => isWithin(path, post.path));
}

/** The same as a lead. */
export function leadsOver(actor: Person, path: string): boolean {
  return actor.posts.some((post) => post.role === 'lead' && isWithin(path, post.path));
}

/** At this very unit. */
export function worksAt(actor: Person, unitId: string): boolean {
  return actor.posts.some((post) => post.unitId === unitId);
}

/** At the city, which is above everybody. */
export function worksAtCity(actor: Person): boolean {
  return actor.posts.some((post) => !post.path.includes('.'));
}

/** A lead may do what a clerk may. */
export function reaches(role: Role, needed: Role): boolean {
  return role === 'lead' || needed === 'clerk';
}
