/**
 * Who may do what: the one place that answers it. `can(actor, action, subject)` looks only at its arguments, so it can be read,
 * tested and printed as a table (`docs/access.md`).
 *
 * A person's power comes from three things, read together in `person.ts` on every request:
 * - their own account: cases they applied for;
 * - links: retirees they are (`self`) or may act for, with a scope (look, apply, everything);
 * - posts: clerk or lead at a unit, once `posts.ts` says that they give power. A post reaches its unit and everything below it by
 *   looking, and its own unit only by deciding. A lead also looks after the staff of the unit and of those below.
 */
import type { Role } from '../../db/schema/access.ts';
import { notAllowed, notFound, notSignedIn } from '../errors.ts';
import type { Actor, Person } from './actor.ts';
import { secondFactorFirst } from './errors.ts';
import { isWithin, reaches } from './posts.ts';

/** A case as access sees it. `unitPath` is the path of the unit that must act. */
export interface CaseFacts {
  subjectId: string | null;
  applicantId: string | null;
  unitPath: string;
  unitId: string;
}

/** A retiree as access sees one. */
export interface RetireeFacts {
  retireeId: string;
  /** The path of the unit whose care they are in. */
  carePath: string | null;
  /** The agency where the insurance relation is; left out where only care counts. */
  insuredAt?: string;
}

/** A retiree and the units that must decide a case about them now. */
export interface UnmaskFacts {
  careUnit: string | null;
  decidingUnits: readonly string[];
}

interface Rules {
  'case.read': CaseFacts;
  'case.answer-for': CaseFacts;
  'case.staff': CaseFacts;
  'case.decide': CaseFacts & { role: Role };
  'retiree.read': RetireeFacts;
  'retiree.apply': RetireeFacts;
  'retiree.bind': RetireeFacts;
  'retiree.search': null;
  'retiree.unmask': UnmaskFacts;
  'retiree.read-ethnicity': Pick<UnmaskFacts, 'careUnit'>;
  'pending.read': null;
  'unit.colleagues': { unitId: string };
  'staff.manage': { unitPath: string };
  'factor.set-up': null;
  'factor.give': null;
  'factor.keep': null;
}

export type Action = keyof Rules;
export type SubjectOf<A extends Action> = Rules[A];

/** What each action is, in a line; `docs/access.md` prints it. */
export const actions: Record<Action, string> = {
  'case.read': 'see a case, its answers and its timeline',
  'case.answer-for': 'withdraw, resubmit, remind, rate',
  'case.staff': 'claim, assign, hand back; see what the registry holds beside the answers',
  'case.decide': 'decide as the step wants: a clerk, or a lead, who may do what a clerk may',
  'retiree.read': "see a retiree's own record, masked",
  'retiree.apply': 'apply for a retiree: as themself, as a relative, or at the counter',
  'retiree.bind': 'bind a phone to a retiree at the counter',
  'retiree.search': 'search people, in the care of the own units and those below, or insured at the own agency',
  'retiree.unmask': 'see the whole identity or phone number, with a reason, recorded',
  'retiree.read-ethnicity': 'read 民族, with a reason, recorded',
  'pending.read': 'see what waits at the own units and those below',
  'unit.colleagues': 'see who works at a unit, to assign a case',
  'staff.manage': 'invite, move, suspend, resume and remove staff of a unit, and reset their second factor',
  'factor.set-up': 'set up the second factor',
  'factor.give': 'give the code of the second factor',
  'factor.keep': 'renew the recovery codes, or change the phone that makes the codes',
};

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

const isWaiting = (actor: Actor) =>
  actor.is === 'person' && (actor.secondFactor === 'set-up' || actor.secondFactor === 'give');

function isParty(actor: Person, c: CaseFacts, scopes: string[]): boolean {
  if (c.applicantId === actor.accountId) return true;
  return actor.links.some(
    (link) => link.retireeId === c.subjectId && (link.relation === 'self' || scopes.includes(link.scope)),
  );
}

const oversees = (actor: Person, path: string) => actor.posts.some((post) => isWithin(path, post.path));

const worksAt = (actor: Person, unitId: string) => actor.posts.some((post) => post.unitId === unitId);
