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
import type { Capacity } from '../../db/schema/engine.ts';
import { notAllowed, notFound, notSignedIn } from '../errors.ts';
import { isOwn, type Actor, type Person } from './actor.ts';
import { secondFactorFirst } from './errors.ts';
import type { CaseFacts, DraftFacts, LinkFacts, RetireeFacts, UnmaskFacts } from './facts.ts';
import {
  aboutWhom,
  byRight,
  isAsked,
  isAsker,
  isParty,
  leadsOver,
  mayFor,
  oversees,
  reaches,
  worksAt,
  worksAtCity,
} from './powers.ts';

interface Rules {
  /** See a case, its answers and its timeline. */
  'case.read': CaseFacts;
  /** See whether a case still waits and how it ended, and what one said oneself: also who asked a retiree, and who joined a report. */
  'case.follow': CaseFacts;
  /** Withdraw, resubmit, remind, rate. */
  'case.answer-for': CaseFacts;
  /** Agree to what somebody asks of the retiree: the retiree's own account, on a phone that is not the asker's. */
  'case.agree': CaseFacts;
  /** Say no to it, or that what was reported about oneself is not so: the retiree's own account, whatever the phone. */
  'case.refuse': CaseFacts;
  /** Agree to it as who leads what is asked for, and see how it ended: their own account, for nobody whom they act for themselves. */
  'case.lead': CaseFacts;
  /** See what stands beside a case for staff alone, and write a remark: those who oversee it, never a party or who acts for one. */
  'case.staff-side': CaseFacts & { capacity: Capacity };
  /** Claim, assign, hand back: anybody with a post at the unit that must act. */
  'case.staff': CaseFacts;
  /** Decide as a clerk; a lead may do what a clerk may. Nobody decides what they asked of a retiree themselves. */
  'case.decide': CaseFacts & { role: Role };
  /** See a retiree's own record. */
  'retiree.read': RetireeFacts;
  /** Apply for a retiree: as themself, as a linked relative, or at the counter. */
  'retiree.apply': RetireeFacts;
  /** See all of a record and take it along, correct it, see who looked and who may act: the retiree, or who may do everything. */
  'retiree.manage': RetireeFacts;
  /** Go on with a draft: whoever began it, for as long as they may still apply for whom it is about. */
  'draft.use': DraftFacts;
  /** Bind an account to a retiree at the counter, and see who is bound: staff in whose care the retiree is, never their relatives. */
  'retiree.bind': RetireeFacts;
  /** End the sessions and chats of a retiree who lost the phone: staff in whose care they are. */
  'retiree.lost-phone': RetireeFacts;
  /** Enter the figures that survivor benefits are estimated by: staff of the city's agency. */
  'benefits.enter': { agencyId: string };
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
  /** Say from when to when somebody is on leave from a post, and who stands in: whoever has it, and a lead of the unit for who is ill. */
  'leave.take': { accountId: string; unitId: string };
  /** Invite, move, suspend and remove staff of a unit, and reset their second factor: a lead of it or of one above. */
  'staff.manage': { unitPath: string };
  /** Set up the second factor: whoever has a post that needs one, and none yet. */
  'factor.set-up': null;
  /** Give its code: whoever has one, and has not given it in this browser or chat. */
  'factor.give': null;
  /** Renew the recovery codes, or let another phone make the codes: whoever has given it here. */
  'factor.keep': null;
  /** End a link: whoever holds it, the retiree, or staff in whose care the retiree is. Nobody cuts off their own record by this. */
  'link.end': LinkFacts;
  /** End a link as staff, who say why. */
  'link.end-as-staff': LinkFacts;
  /** Let a relative do less than before: the retiree. */
  'link.narrow': LinkFacts;
  /** See what was removed when its time was over: who leads the city. */
  'retention.read': null;
  /** See the working calendar, and who changed it: staff. */
  'calendar.read': null;
  /** Change a day of the working calendar: staff of the city. */
  'calendar.write': null;
  /** Bring a document in and explain its articles: staff of the city. */
  'policy.write': null;
  /** Publish what was answered to a unit's people: whoever works there. */
  'answer.publish': { unitId: string };
  /** See what did not reach a unit's people and its staff, and note how they were told: whoever works there. */
  'delivery.settle': { unitId: string };
  /** See a unit's care budget, lists and ledger. */
  'care.read': { unitPath: string };
  /** Make a unit's lists and record what was handed over: whoever works there. */
  'care.handle': { unitId: string };
  /** Approve a list, enter and move a budget, give back or reverse a payment: a lead of the unit. */
  'care.approve': { unitId: string };
  /** See what a retiree was given before: those who visit them or decide about them now. */
  'care.see-given': { units: readonly string[] };
  /** Read and keep a retiree's special-care flags: the unit of their care, and the one right above it, who visit or decide. */
  'care-flags.keep': RetireeFacts;
  /** See a unit's figures, rolled up over what is below it: staff of the unit and above. */
  'figures.read': { unitPath: string };
  /** Write a unit's notices, hand them in, correct them: whoever works there. */
  'notice.write': { unitId: string };
  /** Publish what was handed in: staff of the unit or above, but never whoever handed it in. */
  'notice.approve': { unitPath: string; submittedBy: string | null };
  /** See a unit's notices before they are published and their versions, withdraw them: staff of the unit and above. */
  'notice.oversee': { unitPath: string };
  /** See how many of a unit's people a notice reached, and whom it did not: staff of the unit and above. */
  'notice.reach': { unitPath: string };
  /** See a unit's phone, opening hours and usual reasons, and who changed them: staff of the unit and above. */
  'settings.read': { unitPath: string };
  /** Change them: a lead of the unit or of one above. */
  'settings.write': { unitPath: string };
  /** Word the messages about cases for the whole city: staff of the city. */
  'words.write': null;
  /** Read a published notice that is not for everyone: those whom it is for, who may act for them, and staff of its unit and above. */
  'notice.read': { unitPath: string; meant: readonly string[] };
  /** See how far a unit's self-help groups have come, its own and those below: staff of the unit and above. */
  'group.read': { unitPath: string };
  /** Divide a community's people into groups, move them, choose who leads: whoever works there. */
  'group.handle': { unitId: string };
  /** See who of the own group agreed to be seen, with their phones: the member's own account, no relative's. */
  'group.meet': { retireeId: string };
  /** See what a group did in a month: its members themselves, and whoever works at its community. */
  'group.follow': { unitId: string; members: readonly string[] };
  /** Note what a group did, and read the words of it: whoever leads it or stands in, and whoever works at its community. */
  'group.note': { unitId: string; leaders: readonly string[] };
  /** Link a Telegram group to a self-help group: whoever leads it or stands in, themselves. */
  'group.lead': { leaders: readonly string[] };
  /** Say with what one would help as a volunteer, and take it back: the retiree's own account. */
  'volunteer.offer': { retireeId: string };
  /** Sign a retiree up for an activity and give it up: the retiree, and whoever may apply for them. */
  'activity.sign-up': { retireeId: string };
  /** Sign a retiree up for an activity who has no phone, confirm and give it up for them: staff in whose care they are. */
  'activity.sign-up-for': { carePath: string | null };
  /** Publish a unit's activities, change them, call them off, see who signed up and check them in: whoever works there. */
  'activity.hold': { unitId: string };
  /** See an activity's photos, and have one taken down: those whom it was for, who may act for them, and staff of its unit and above. */
  'activity.see-photos': { unitPath: string; meant: readonly string[] };
  /** See a unit's activities with their figures: staff of the unit and above. */
  'activity.oversee': { unitPath: string };
}

export type Action = keyof Rules;
export type SubjectOf<A extends Action> = Rules[A];

const rules: { [A in Action]: (actor: Person, subject: Rules[A]) => boolean } = {
  'case.read': (actor, c) => isParty(actor, c, 'read') || oversees(actor, c.unitPath),
  'case.follow': (actor, c) => rules['case.read'](actor, c) || isAsker(actor, c) || c.joined,
  'case.answer-for': (actor, c) => (c.asked ? isAsker(actor, c) : isParty(actor, c, 'apply')),
  'case.agree': (actor, c) => c.asked?.ownTapCounts === true && isAsked(actor, c),
  'case.refuse': isAsked,
  'case.lead': (actor, c) =>
    c.led !== null &&
    c.led.asker !== actor.accountId &&
    !actor.links.some(({ retireeId }) => retireeId === c.subjectId) &&
    c.led.by.some((retireeId) => isOwn(actor, retireeId)),
  // Whoever applied at the counter did so as staff.
  'case.staff-side': (actor, c) =>
    !isAsker(actor, c) &&
    (c.capacity === 'counter' || c.applicantId !== actor.accountId) &&
    !actor.links.some(({ retireeId }) => retireeId === c.subjectId) &&
    oversees(actor, c.unitPath),
  'case.staff': (actor, c) => !isAsker(actor, c) && worksAt(actor, c.unitId),
  'case.decide': (actor, c) =>
    !isAsker(actor, c) && actor.posts.some((post) => post.unitId === c.unitId && reaches(post.role, c.role)),
  'retiree.read': (actor, r) =>
    mayFor(actor, r.retireeId, 'read') ||
    (r.carePath !== null && oversees(actor, r.carePath)) ||
    (r.insuredAt !== undefined && worksAt(actor, r.insuredAt)),
  'retiree.apply': (actor, r) => mayFor(actor, r.retireeId, 'apply') || actor.posts.length > 0,
  'retiree.manage': (actor, r) => mayFor(actor, r.retireeId, 'manage'),
  'draft.use': (actor, d) =>
    d.accountId === actor.accountId && (!byRight(d) || rules['retiree.apply'](actor, aboutWhom(d))),
  'retiree.bind': (actor, r) => r.carePath !== null && oversees(actor, r.carePath),
  'retiree.lost-phone': (actor, r) => r.carePath !== null && oversees(actor, r.carePath),
  'benefits.enter': (actor, { agencyId }) => worksAt(actor, agencyId),
  'retiree.search': (actor) => actor.posts.length > 0,
  // Not the units above: they oversee, and need no number for it.
  'retiree.unmask': (actor, { careUnit, decidingUnits }) =>
    [careUnit, ...decidingUnits].some((unitId) => unitId !== null && worksAt(actor, unitId)),
  'retiree.read-ethnicity': (actor, { careUnit }) => careUnit !== null && worksAt(actor, careUnit),
  'pending.read': (actor) => actor.posts.length > 0,
  'unit.colleagues': (actor, { unitId }) => worksAt(actor, unitId),
  'leave.take': (actor, { accountId, unitId }) =>
    actor.posts.some((post) => post.unitId === unitId && (actor.accountId === accountId || post.role === 'lead')),
  'staff.manage': (actor, { unitPath }) => leadsOver(actor, unitPath),
  'factor.set-up': (actor) => actor.secondFactor === 'set-up',
  'factor.give': (actor) => actor.secondFactor === 'give',
  'factor.keep': (actor) => actor.secondFactor === 'given',
  'link.end': (actor, link) =>
    link.accountId === actor.accountId
      ? !link.own
      : isOwn(actor, link.retireeId) || rules['link.end-as-staff'](actor, link),
  'link.end-as-staff': (actor, link) => link.accountId !== actor.accountId && rules['retiree.bind'](actor, link),
  'link.narrow': (actor, link) => !link.own && link.accountId !== actor.accountId && isOwn(actor, link.retireeId),
  'calendar.read': (actor) => actor.posts.length > 0,
  'calendar.write': worksAtCity,
  'policy.write': worksAtCity,
  'answer.publish': (actor, { unitId }) => worksAt(actor, unitId),
  'delivery.settle': (actor, { unitId }) => worksAt(actor, unitId),
  'retention.read': (actor) => actor.posts.some((post) => post.role === 'lead' && !post.path.includes('.')),
  'care.read': (actor, { unitPath }) => oversees(actor, unitPath),
  'care.handle': (actor, { unitId }) => worksAt(actor, unitId),
  'care.approve': (actor, { unitId }) => actor.posts.some((post) => post.unitId === unitId && post.role === 'lead'),
  'care.see-given': (actor, { units }) => units.some((unitId) => worksAt(actor, unitId)),
  'care-flags.keep': (actor, { carePath }) =>
    actor.posts.some((post) => post.path === carePath || post.path === carePath?.replace(/\.[^.]+$/, '')),
  'figures.read': (actor, { unitPath }) => oversees(actor, unitPath),
  'notice.write': (actor, { unitId }) => worksAt(actor, unitId),
  'notice.approve': (actor, { unitPath, submittedBy }) => actor.accountId !== submittedBy && oversees(actor, unitPath),
  'notice.oversee': (actor, { unitPath }) => oversees(actor, unitPath),
  'notice.reach': (actor, { unitPath }) => oversees(actor, unitPath),
  'words.write': worksAtCity,
  'settings.read': (actor, { unitPath }) => oversees(actor, unitPath),
  'settings.write': (actor, { unitPath }) => leadsOver(actor, unitPath),
  'notice.read': (actor, { unitPath, meant }) =>
    meant.some((retireeId) => mayFor(actor, retireeId, 'read')) || oversees(actor, unitPath),
  'group.read': (actor, { unitPath }) => oversees(actor, unitPath),
  'group.handle': (actor, { unitId }) => worksAt(actor, unitId),
  'group.meet': (actor, { retireeId }) => isOwn(actor, retireeId),
  'group.follow': (actor, { unitId, members }) => worksAt(actor, unitId) || members.some((id) => isOwn(actor, id)),
  'group.note': (actor, { unitId, leaders }) => worksAt(actor, unitId) || leaders.some((id) => isOwn(actor, id)),
  'group.lead': (actor, { leaders }) => leaders.some((id) => isOwn(actor, id)),
  'volunteer.offer': (actor, { retireeId }) => isOwn(actor, retireeId),
  'activity.sign-up': (actor, { retireeId }) => mayFor(actor, retireeId, 'apply'),
  'activity.sign-up-for': (actor, { carePath }) => carePath !== null && oversees(actor, carePath),
  'activity.hold': (actor, { unitId }) => worksAt(actor, unitId),
  'activity.see-photos': (actor, subject) => rules['notice.read'](actor, subject),
  'activity.oversee': (actor, { unitPath }) => oversees(actor, unitPath),
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

/** Whether posts of theirs wait for the second factor. */
function isWaiting(actor: Actor): boolean {
  return actor.is === 'person' && (actor.secondFactor === 'set-up' || actor.secondFactor === 'give');
}
