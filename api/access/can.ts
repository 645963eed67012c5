/**
 * Who may do what: the one place that answers it. `can(actor, action, subject)` looks only at its arguments, so it can be read,
 * tested and printed as a table.
 */
import type { Role } from '../../db/schema/access.ts';
import { notAllowed, notFound, notSignedIn } from '../errors.ts';
import type { Actor, ActorLink, ActorPost, Person } from './actor.ts';

/** A case as access sees it. `unitPath` is the path of the unit that must act. */
export interface CaseFacts {
  subjectId: string | null;
  applicantId: string | null;
  unitPath: string;
  unitId: string;
  /** It was only reported, and nobody has found it true: for whoever reported it and for staff. */
  discreet: boolean;
}

/** A retiree as access sees one; the path of the unit whose care they are in. */
export interface RetireeFacts {
  retireeId: string;
  carePath: string | null;
}

interface Rules {
  /** See a case, its answers and its timeline. */
  'case.read': CaseFacts;
  /** Withdraw, resubmit, remind, rate. */
  'case.answer-for': CaseFacts;
  /** Say that what was reported about oneself is not so: the retiree's own account. */
  'case.contest': CaseFacts;
  /** Claim, assign, hand back: anybody with a post at the unit that must act. */
  'case.staff': CaseFacts;
  /** Decide as a clerk; a lead may do what a clerk may. */
  'case.decide': CaseFacts & { role: Role };
  /** See a retiree's own record. */
  'retiree.read': RetireeFacts;
  /** Apply for a retiree: as themself, as a linked relative, or at the counter. */
  'retiree.apply': RetireeFacts;
  /** Bind an account to a retiree at the counter: staff in whose care the retiree is, never the retiree's relatives. */
  'retiree.bind': RetireeFacts;
  /** Enter the figures that survivor benefits are estimated by: staff of the city's agency. */
  'benefits.enter': { agencyId: string };
  /** Search people: staff only, below their own units. */
  'retiree.search': null;
  /** See what waits at a unit. */
  'pending.read': { unitPath: string };
}

export type Action = keyof Rules;

const rules: { [A in Action]: (actor: Person, subject: Rules[A]) => boolean } = {
  'case.read': (actor, c) => isParty(actor, c, ['look', 'apply', 'everything']) || oversees(actor, c.unitPath),
  'case.answer-for': (actor, c) => isParty(actor, c, ['apply', 'everything']),
  'case.contest': (actor, c) => c.discreet && actor.links.some((link) => isOwn(link, c.subjectId)),
  'case.staff': (actor, c) => actor.posts.some((post) => post.unitId === c.unitId),
  'case.decide': (actor, c) => actor.posts.some((post) => post.unitId === c.unitId && reaches(post.role, c.role)),
  'retiree.read': (actor, r) =>
    actor.links.some((link) => link.retireeId === r.retireeId) || (r.carePath !== null && oversees(actor, r.carePath)),
  'retiree.apply': (actor, r) =>
    actor.links.some((link) => link.retireeId === r.retireeId && link.scope !== 'look') || actor.posts.length > 0,
  'retiree.bind': (actor, r) => r.carePath !== null && oversees(actor, r.carePath),
  'benefits.enter': (actor, { agencyId }) => actor.posts.some((post) => post.unitId === agencyId),
  'retiree.search': (actor) => actor.posts.length > 0,
  'pending.read': (actor, { unitPath }) => oversees(actor, unitPath),
};

/** Whether the actor may. A guest may nothing here; the system may everything. */
export function can<A extends Action>(actor: Actor, action: A, subject: Rules[A]): boolean {
  if (actor.is === 'system') return true;
  return actor.is === 'person' && rules[action](actor, subject);
}

/** @throws not-signed-in for a guest, not-allowed for everybody else who may not */
export function ensureCan<A extends Action>(actor: Actor, action: A, subject: Rules[A]): void {
  if (can(actor, action, subject)) return;
  throw actor.is === 'guest' ? notSignedIn() : notAllowed();
}

/** Like `ensureCan`, but a stranger is not told that the thing exists. @throws not-signed-in, not-found */
export function ensureCanSee<A extends Action>(actor: Actor, action: A, subject: Rules[A]): void {
  if (can(actor, action, subject)) return;
  throw actor.is === 'guest' ? notSignedIn() : notFound();
}

/** @throws not-signed-in */
export function ensurePerson(actor: Actor): Person {
  if (actor.is === 'person') return actor;
  throw notSignedIn();
}

function isParty(actor: Person, c: CaseFacts, scopes: string[]): boolean {
  if (c.applicantId === actor.accountId) return true;
  if (c.discreet) return false;
  return actor.links.some(
    (link) => link.retireeId === c.subjectId && (isOwn(link, c.subjectId) || scopes.includes(link.scope)),
  );
}

const isOwn = (link: ActorLink, retireeId: string | null): boolean =>
  link.relation === 'self' && link.retireeId === retireeId;

function oversees(actor: Person, path: string): boolean {
  return actor.posts.some((post) => isWithin(path, post));
}

function isWithin(path: string, post: ActorPost): boolean {
  return path === post.path || path.startsWith(`${post.path}.`);
}

function reaches(role: Role, needed: Role): boolean {
  return role === 'lead' || needed === 'clerk';
}
