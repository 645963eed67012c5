/**
 * Who may do what: the one place that answers it. `can(actor, action, subject)` looks only at its arguments, so it can be read,
 * tested and printed as a table (`docs/access.md`, from the words and the rules below).
 *
 * A person's power comes from three things, read together in `person.ts` on every request:
 * - their account: what they applied for themselves;
 * - links: the retirees they are (`self`) or may act for, with a scope (look, apply, everything);
 * - posts: clerk or lead at a unit, once `posts.ts` says that they give power. A post sees its unit and everything below; it decides
 *   only at its own unit. A lead also looks after the staff of the unit and of those below.
 */
import type { Role } from '../../db/schema/access.ts';
import { notAllowed, notFound, notSignedIn } from '../errors.ts';
import type { Actor, ActorLink, Person } from './actor.ts';
import { secondFactorFirst } from './errors.ts';
import { isWithin } from './posts.ts';

/** A case as access sees it. `unitPath` is the path of the unit that must act. */
export interface CaseFacts {
  subjectId: string | null;
  applicantId: string | null;
  unitPath: string;
  unitId: string;
}

/** A retiree as access sees one; the path of the unit whose care they are in. */
export interface RetireeFacts {
  retireeId: string;
  carePath: string | null;
  /** The agency where the insurance relation is; left out where only care counts. */
  insuredAt?: string;
}

/** Where a retiree's number may be needed: the unit of their care, and those that must decide a case about them now. */
export interface UnmaskFacts {
  careUnit: string | null;
  decidingUnits: readonly string[];
}

interface Rules {
  /** See a case, its answers and its timeline. */
  'case.read': CaseFacts;
  /** Withdraw, resubmit, remind, rate. */
  'case.answer-for': CaseFacts;
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
  /** See and take along everything held about a retiree, masked numbers and home included: themself, or who may do everything. */
  'retiree.whole': RetireeFacts;
  /** End the sessions and chats of a retiree who lost the phone: staff in whose care they are. */
  'retiree.lost-phone': RetireeFacts;
  /** Search people: staff, those in the care of their own units and of those below, or insured at their own agency. */
  'retiree.search': null;
  /** See a whole identity or phone number, with a reason, recorded: staff in whose care the retiree is or who decide a case now. */
  'retiree.unmask': UnmaskFacts;
  /** Read 民族, with a reason, recorded: staff in whose care the retiree is. */
  'retiree.read-ethnicity': Pick<UnmaskFacts, 'careUnit'>;
  /** See what waits at the own units and those below: staff. */
  'pending.read': null;
  /** See who works at a unit, to assign a case: those who work there. */
  'unit.colleagues': { unitId: string };
  /** Invite, move, suspend and remove staff of a unit, and reset their second factor: a lead of it or of one above. */
  'staff.manage': { unitPath: string };
  /** Set up the second factor: whoever has a post that needs one, and none yet. */
  'factor.set-up': null;
  /** Give its code: whoever has one, and has not given it in this browser or chat. */
  'factor.give': null;
  /** Renew the recovery codes, or let another phone make the codes: whoever has given it here. */
  'factor.keep': null;
}

export type Action = keyof Rules;
export type SubjectOf<A extends Action> = Rules[A];

const rules: { [A in Action]: (actor: Person, subject: Rules[A]) => boolean } = {
  'case.read': (actor, c) => isParty(actor, c, ['look', 'apply', 'everything']) || oversees(actor, c.unitPath),
  'case.answer-for': (actor, c) => isParty(actor, c, ['apply', 'everything']),
  'case.staff': (actor, c) => worksAt(actor, c.unitId),
  'case.decide': (actor, c) => actor.posts.some((post) => post.unitId === c.unitId && reaches(post.role, c.role)),
  'retiree.read': (actor, r) =>
    actor.links.some((link) => link.retireeId === r.retireeId) ||
    (r.carePath !== null && oversees(actor, r.carePath)) ||
    (r.insuredAt !== undefined && worksAt(actor, r.insuredAt)),
  'retiree.apply': (actor, r) =>
    actor.links.some((link) => link.retireeId === r.retireeId && link.scope !== 'look') || actor.posts.length > 0,
  'retiree.bind': (actor, r) => r.carePath !== null && oversees(actor, r.carePath),
  'retiree.whole': (actor, r) => actor.links.some((link) => link.retireeId === r.retireeId && isWhole(link)),
  'retiree.lost-phone': (actor, r) => r.carePath !== null && oversees(actor, r.carePath),
  'retiree.search': (actor) => actor.posts.length > 0,
  // Not the units above: they oversee, and need no number for it.
  'retiree.unmask': (actor, { careUnit, decidingUnits }) =>
    [careUnit, ...decidingUnits].some((unitId) => unitId !== null && worksAt(actor, unitId)),
  'retiree.read-ethnicity': (actor, { careUnit }) => careUnit !== null && worksAt(actor, careUnit),
  'pending.read': (actor) => actor.posts.length > 0,
  'unit.colleagues': (actor, { unitId }) => worksAt(actor, unitId),
  'staff.manage': (actor, { unitPath }) =>
    actor.posts.some((post) => post.role === 'lead' && isWithin(unitPath, post.path)),
  'factor.set-up': (actor) => actor.secondFactor === 'set-up',
  'factor.give': (actor) => actor.secondFactor === 'give',
  'factor.keep': (actor) => actor.secondFactor === 'given',
};

/** Whether the actor may. A guest may nothing here; the system may everything. */
export function can<A extends Action>(actor: Actor, action: A, subject: Rules[A]): boolean {
  if (actor.is === 'system') return true;
  return actor.is === 'person' && rules[action](actor, subject);
}

/** @throws not-signed-in for a guest, second-factor-first for staff whose posts wait for it, not-allowed for all others who may not */
export function ensureCan<A extends Action>(actor: Actor, action: A, subject: Rules[A]): void {
  if (can(actor, action, subject)) return;
  if (actor.is === 'guest') throw notSignedIn();
  throw isWaiting(actor) ? secondFactorFirst() : notAllowed();
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
  return actor.links.some(
    (link) => link.retireeId === c.subjectId && (link.relation === 'self' || scopes.includes(link.scope)),
  );
}

const isWhole = (link: ActorLink) => link.relation === 'self' || link.scope === 'everything';

function oversees(actor: Person, path: string): boolean {
  return actor.posts.some((post) => isWithin(path, post.path));
}

function worksAt(actor: Person, unitId: string): boolean {
  return actor.posts.some((post) => post.unitId === unitId);
}

/** Whether posts of theirs wait for the second factor. */
function isWaiting(actor: Actor): boolean {
  return actor.is === 'person' && (actor.secondFactor === 'set-up' || actor.secondFactor === 'give');
}

function reaches(role: Role, needed: Role): boolean {
  return role === 'lead' || needed === 'clerk';
}
