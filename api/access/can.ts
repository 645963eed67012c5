/**
 * Who may do what: the one place that answers it. `can(actor, action, subject)` looks only at its arguments, so it can be read,
 * tested and printed as a table.
 */
import type { LinkScope, Role } from '../../db/schema/access.ts';
import { notAllowed, notFound, notSignedIn } from '../errors.ts';
import type { Actor, ActorPost, Person } from './actor.ts';

/** A case as access sees it. `unitPath` is the path of the unit that must act. */
export interface CaseFacts {
  subjectId: string | null;
  applicantId: string | null;
  unitPath: string;
  unitId: string;
  /** Somebody asks something of the retiree whom they only named (亲情代办); null for every other case. */
  asked: { by: string | null; ownTapCounts: boolean } | null;
  /** Whether the actor joined it: they reported the same person as well. */
  joined: boolean;
}

/** A retiree as access sees one; the path of the unit whose care they are in. */
export interface RetireeFacts {
  retireeId: string;
  carePath: string | null;
}

/** A link as access sees it: who holds it, of whom, and the path of the unit whose care the retiree is in. */
export interface LinkFacts extends RetireeFacts {
  accountId: string;
  own: boolean;
}

/**
 * What a relative may do for a retiree, by the scope they agreed on; the retiree's own account may all of it. `manage`: correct
 * and export what the registry holds, ask for a slip, see who looked and who else may act. Who may act is decided by the retiree
 * and by staff alone: no scope lets one relative admit or remove another.
 */
export const duties = {
  look: ['read'],
  apply: ['read', 'apply'],
  everything: ['read', 'apply', 'manage'],
} as const satisfies Record<LinkScope, readonly string[]>;
export type Duty = (typeof duties)['everything'][number];

interface Rules {
  /** See a case, its answers and its timeline. */
  'case.read': CaseFacts;
  /** See whether a case still waits and how it ended, and what one said oneself: also who asked a retiree, and who joined a report. */
  'case.follow': CaseFacts;
  /** Withdraw, resubmit, remind, rate. */
  'case.answer-for': CaseFacts;
  /** Agree to what somebody asks of the retiree: the retiree's own account, on a phone that is not the asker's. */
  'case.agree': CaseFacts;
  /** Say no to it: the retiree's own account, whatever the phone. */
  'case.refuse': CaseFacts;
  /** Claim, assign, hand back: anybody with a post at the unit that must act. */
  'case.staff': CaseFacts;
  /** Decide as a clerk; a lead may do what a clerk may. Nobody decides what they asked of a retiree themselves. */
  'case.decide': CaseFacts & { role: Role };
  /** See a retiree's own record. */
  'retiree.read': RetireeFacts;
  /** Apply for a retiree: as themself, as a linked relative, or at the counter. */
  'retiree.apply': RetireeFacts;
  /** Correct and export a record, see who looked at it and who may act: the retiree, or a relative who may do everything. */
  'retiree.manage': RetireeFacts;
  /** Bind an account to a retiree at the counter, and see who is bound: staff in whose care the retiree is, never their relatives. */
  'retiree.bind': RetireeFacts;
  /** Search people: staff only, below their own units. */
  'retiree.search': null;
  /** End a link: whoever holds it, the retiree, or staff in whose care the retiree is. Nobody cuts off their own record by this. */
  'link.end': LinkFacts;
  /** End a link as staff, who say why. */
  'link.end-as-staff': LinkFacts;
  /** Let a relative do less than before: the retiree. */
  'link.narrow': LinkFacts;
  /** See what waits at a unit. */
  'pending.read': { unitPath: string };
}

export type Action = keyof Rules;

const rules: { [A in Action]: (actor: Person, subject: Rules[A]) => boolean } = {
  'case.read': (actor, c) => isParty(actor, c, 'read') || oversees(actor, c.unitPath),
  'case.follow': (actor, c) => rules['case.read'](actor, c) || isAsker(actor, c) || c.joined,
  'case.answer-for': (actor, c) => (c.asked ? isAsker(actor, c) : isParty(actor, c, 'apply')),
  'case.agree': (actor, c) => c.asked?.ownTapCounts === true && isAsked(actor, c),
  'case.refuse': isAsked,
  'case.staff': (actor, c) => !isAsker(actor, c) && actor.posts.some((post) => post.unitId === c.unitId),
  'case.decide': (actor, c) =>
    !isAsker(actor, c) && actor.posts.some((post) => post.unitId === c.unitId && reaches(post.role, c.role)),
  'retiree.read': (actor, r) =>
    mayFor(actor, r.retireeId, 'read') || (r.carePath !== null && oversees(actor, r.carePath)),
  'retiree.apply': (actor, r) => mayFor(actor, r.retireeId, 'apply') || actor.posts.length > 0,
  'retiree.manage': (actor, r) => mayFor(actor, r.retireeId, 'manage'),
  'retiree.bind': (actor, r) => r.carePath !== null && oversees(actor, r.carePath),
  'retiree.search': (actor) => actor.posts.length > 0,
  'link.end': (actor, link) =>
    link.accountId === actor.accountId
      ? !link.own
      : isSelf(actor, link.retireeId) || rules['link.end-as-staff'](actor, link),
  'link.end-as-staff': (actor, link) => link.accountId !== actor.accountId && rules['retiree.bind'](actor, link),
  'link.narrow': (actor, link) => !link.own && link.accountId !== actor.accountId && isSelf(actor, link.retireeId),
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

/** Of what is asked of a retiree, relatives see nothing: it is between the two, and the office. */
function isParty(actor: Person, c: CaseFacts, duty: Duty): boolean {
  if (c.asked) return isAsked(actor, c);
  return c.applicantId === actor.accountId || (c.subjectId !== null && mayFor(actor, c.subjectId, duty));
}

function isAsker(actor: Person, { asked }: CaseFacts): boolean {
  return asked !== null && asked.by === actor.accountId;
}

function isAsked(actor: Person, c: CaseFacts): boolean {
  return c.asked !== null && c.subjectId !== null && isSelf(actor, c.subjectId) && !isAsker(actor, c);
}

function isSelf(actor: Person, retireeId: string): boolean {
  return actor.links.some((link) => link.retireeId === retireeId && link.relation === 'self');
}

function mayFor(actor: Person, retireeId: string, duty: Duty): boolean {
  const allows = (scope: LinkScope) => (duties[scope] as readonly Duty[]).includes(duty);
  return actor.links.some((link) => link.retireeId === retireeId && (link.relation === 'self' || allows(link.scope)));
}

function oversees(actor: Person, path: string): boolean {
  return actor.posts.some((post) => isWithin(path, post));
}

function isWithin(path: string, post: ActorPost): boolean {
  return path === post.path || path.startsWith(`${post.path}.`);
}

function reaches(role: Role, needed: Role): boolean {
  return role === 'lead' || needed === 'clerk';
}
