/** Who is told what when a case opens or moves. Names, units and services only: never a number, an address or an illness. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { prepared, preparedSql } from '../../db/prepared.ts';
import { messages } from '../../db/schema/delivery.ts';
import type { Status } from '../../db/schema/engine.ts';
import { isActingFor } from '../access/actor.ts';
import { isOnDuty, onDay } from '../access/duty.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { asWritten, plain, wordList, words, type NewMessage, type Part } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { askedNotices } from './asked-notices.ts';
import { leaderCards } from './leader-cards.ts';
import type { CaseRow } from './drafts/load.ts';
import { ownWords } from './own-reasons.ts';
import { reportNotices } from './report-notices.ts';
import { stepOf, waitsForStaff } from './catalogue.ts';
import type { Service } from './service.ts';
import { serviceKey } from './texts.ts';
import { hearsItNow, paramsOf, type Told } from './told.ts';
import type { Verb } from './verbs.ts';

/** @see audienceOf */
export interface Audience {
  /** Staff on duty at the acting unit who have a chat; the others find it in their list. */
  staff: string[];
  /** The retiree's own accounts. Nothing is sent to the dead, whoever holds their phone now. */
  self: string[];
  /** Who looks after what is left to do for a retiree who has died. */
  family: string[];
  /** All accounts linked to the retiree now: whoever applied by right of a link hears of the case for as long as it lasts. */
  linked: string[];
  /** The retiree, when they live and have no account: told at the number in the registry. */
  unreached: string | null;
  /** Others who reported the same person, and follow the case. */
  joined: string[];
}

const audience = preparedSql<{
  account_id: string;
  part: 'staff' | 'self' | 'family' | 'linked' | 'alive' | 'joined';
}>(sql`
  select account_id, 'staff' as part from posts
   where unit_id = ${sql.placeholder('unitId')} and ended_at is null and suspended_at is null and ${isOnDuty(sql`posts`, onDay)}
     and exists (select from logins where logins.account_id = posts.account_id and kind = 'telegram')
  union
  select l.account_id,
         case when l.relation = 'self' then 'self' when r.died_on is not null and l.scope <> 'look' then 'family' else 'linked' end
    from links l join retirees r on r.id = l.retiree_id
   where l.retiree_id = ${sql.placeholder('subjectId')}::uuid and l.revoked_at is null
     and (l.until is null or l.until > ${sql.placeholder('now')}::timestamptz)
  union
  select account_id, 'joined' from case_parties where case_id = ${sql.placeholder('caseId')}::uuid and account_id is not null
  union
  select id, 'alive' from retirees where id = ${sql.placeholder('subjectId')}::uuid and died_on is null`);

async function audienceOf(ctx: Ctx, { id, unitId, subjectId }: CaseRow): Promise<Audience> {
  const now = ctx.clock();
  const rows = await audience(ctx.db, { unitId, subjectId, caseId: id, now: now.toISOString(), day: dayOf(now) });
  const part = (name: string) => rows.filter((one) => one.part === name).map((one) => one.account_id);
  const [alive = null] = part('alive');
  const self = part('self');
  return {
    staff: part('staff'),
    self: alive ? self : [],
    family: part('family'),
    linked: [...self, ...part('family'), ...part('linked')],
    unreached: self.length === 0 ? alive : null,
    joined: part('joined'),
  };
}

/** A case was opened: the applicant, the retiree, and the staff who must act are told. */
export async function tellOpened(ctx: Ctx, told: Told): Promise<void> {
  const reached = await audienceOf(ctx, told.row);
  const own = await ownNotices(ctx, told, reached, 'open');
  const parties = own ?? toParties(ctx, told, reached, 'opened', {});
  await enqueue(ctx, [...parties, ...cards(told, reached), ...(await leaderCards(ctx, told, reached))]);
}

/** A case moved: the parties are told, everybody's card changes, and whoever acts next gets one. */
export async function tellMoved(ctx: Ctx, told: Told, verb: Verb, more: Record<string, Part> = {}): Promise<void> {
  const [reached, edits] = await Promise.all([audienceOf(ctx, told.row), cardEdits(ctx, told, verb)]);
  const template = noticeFor(verb, told);
  const own = await ownNotices(ctx, told, reached, verb);
  const parties = own ?? (template ? toParties(ctx, told, reached, template, more) : []);
  const waits = ['open', 'entering'].includes(told.row.status);
  const next = waits ? [...cards(told, reached), ...(await leaderCards(ctx, told, reached))] : [];
  await enqueue(ctx, [...parties, ...edits, ...next]);
}

/** What is asked or only reported of somebody is told in words of its own; null for every other case. */
async function ownNotices(ctx: Ctx, told: Told, reached: Audience, verb: Verb | 'open'): Promise<NewMessage[] | null> {
  if (told.service.subject === 'named') return askedNotices(ctx, told, reached, verb);
  return told.service.discreet ? reportNotices(ctx, told, reached, verb) : null;
}

/** Tells the retiree what a relative did with a case that stays where it is: a reminder, a rating. */
export async function tellDoneFor(ctx: Ctx, told: Told, verb: Verb): Promise<void> {
  // Nor of what is only reported: not even the retiree knows what it is.
  if (!isActingFor(ctx.actor, told.row.subjectId) || told.service.discreet) return;
  const { self, unreached } = await audienceOf(ctx, told.row);
  const to = [...self.map((accountId) => ({ accountId })), ...(unreached ? [{ retireeId: unreached }] : [])];
  const params = { ...paramsOf(told), what: words(`engine:verbs.${verb}.done`) };
  const common = { form: 'notice' as const, template: 'done-for-you', params, caseId: told.row.id };
  await enqueue(
    ctx,
    to.map((one) => ({ ...common, to: one })),
  );
}

/** Something outside the steps happened to a case: only the cards of staff follow. */
export async function tellStaff(ctx: Ctx, told: Told, happened: 'end' | 'revive'): Promise<void> {
  const [reached, edits] = await Promise.all([audienceOf(ctx, told.row), cardEdits(ctx, told, happened)]);
  await enqueue(ctx, [...edits, ...(told.row.status === 'open' ? cards(told, reached) : [])]);
}

/** Tells somebody of the staff of the acting unit something about a case. */
export async function tellColleague(
  ctx: Ctx,
  told: Told,
  accountId: string,
  template: string,
  more: Record<string, Part> = {},
): Promise<void> {
  await enqueue(ctx, [
    {
      to: { accountId, atUnit: told.row.unitId },
      form: 'notice',
      template,
      params: { ...paramsOf(told), ...more },
      caseId: told.row.id,
    },
  ]);
}

/** Which words the parties read; null when there is nothing new for them. */
function noticeFor(verb: Verb, { row: { status, step }, service }: Told): string | null {
  const partiesAct = step !== null && stepOf(service, step).by.includes('party');
  if (verb === 'approve') return status === 'open' ? 'passed-on' : status === 'entering' ? 'approved' : 'finished';
  const templates: Partial<Record<Verb, string>> = {
    // Given back to an earlier step, it is still the offices' to do.
    return: status === 'returned' || partiesAct ? 'returned' : 'passed-on',
    reject: 'rejected',
    forward: 'forwarded',
    withdraw: 'withdrawn',
    resubmit: 'resubmitted',
    expire: 'passed-on',
    undo: 'undone',
  };
  return templates[verb] ?? null;
}

const ends: readonly Status[] = ['approved', 'rejected', 'withdrawn', 'undone'];

function toParties(
  ctx: Ctx,
  told: Told,
  reached: Audience,
  happened: string,
  more: Record<string, Part>,
): NewMessage[] {
  const { row, service } = told;
  const template = service.tone ? `gentle.${happened}` : happened;
  const params = { ...paramsOf(told), ...more };
  const common = { form: 'notice' as const, params, caseId: row.id, quiet: service.tone !== undefined };
  const others = [...reached.self, ...reached.family].filter((account) => account !== row.applicantId);
  // What was done in a retiree's name is told to the retiree, at the number in the registry when there is no account.
  const unreached = reached.unreached ? [{ retireeId: reached.unreached }] : [];
  // Where the case is now is for its parties; who only follows it hears how it ended.
  const followers = ends.includes(row.status) ? reached.joined.map((accountId) => ({ accountId })) : [];
  const byLink = row.subjectId !== null && (row.capacity === 'self' || row.capacity === 'relative');
  const hears = row.capacity !== 'counter' && (!byLink || reached.linked.includes(row.applicantId ?? ''));
  const applicant = row.applicantId && hears ? [{ accountId: row.applicantId }] : [];
  const toOthers = othersRead(told, happened);
  return [
    ...followers.map((to) => ({ ...common, to, template: 'followed', params: { ...params, unit: '' } })),
    ...applicant.map((to) => ({ ...common, to, template, alreadySaid: hearsItNow(ctx, to.accountId) })),
    ...[...others.map((accountId) => ({ accountId })), ...unreached].flatMap((to) =>
      toOthers ? [{ ...common, to, template: toOthers }] : [],
    ),
  ];
}

/** Which words those read who did not apply; null when they have been told already, by what opened the case. */
function othersRead({ row, service }: Told, happened: string): string | null {
  const bySystem = row.capacity === 'system';
  if (service.tone) return happened === 'opened' && bySystem ? null : `gentle.${happened}`;
  if (happened !== 'opened') return happened;
  return bySystem ? 'opened-by-rule' : 'opened-for-you';
}

function cards(told: Told, { staff }: Audience): NewMessage[] {
  const { row, service } = told;
  const step = row.step ? stepOf(service, row.step) : null;
  if (!step || !waitsForStaff(step)) return [];
  const title = step.entry
    ? words('engine:officeEntry.title')
    : words(serviceKey(service.kind, `steps.${row.step ?? ''}.title`));
  const name = told.subject || row.named !== null ? {} : { name: words('engine:held.unidentified') };
  const params = { ...paramsOf(told), ...name, step: title };
  const card = { form: 'card' as const, template: 'card', params, caseId: row.id, quiet: service.tone !== undefined };
  return staff.map((accountId) => ({ ...card, to: { accountId, atUnit: row.unitId } }));
}

const settleCards = prepared((db) =>
  db
    .update(messages)
    .set({
      readAt: sql`${sql.placeholder('now')}`,
      // A card that nobody has sent yet is pointless now, and needs no edit either.
      state: sql`case when ${messages.state} = 'queued' and ${messages.claimedUntil} is null then 'replaced' else ${messages.state} end`,
    })
    // The form as a constant: the index of cards is for no other.
    .where(and(eq(messages.caseId, sql.placeholder('caseId')), sql`${messages.form} = 'card'`, isNull(messages.readAt)))
    .returning({ id: messages.id, accountId: messages.accountId, state: messages.state }),
);

/** The cards of the step just left lose their buttons and say who decided what. */
async function cardEdits(ctx: Ctx, told: Told, verb: Verb | 'end' | 'revive'): Promise<NewMessage[]> {
  const settled = await settleCards(ctx.db, { now: ctx.clock().toISOString(), caseId: told.row.id });
  const who = ctx.actor.is === 'person' && ctx.actor.name ? plain(ctx.actor.name) : words('notices:someone');
  const params = { ...paramsOf(told), who, what: words(`engine:verbs.${verb}.done`) };
  const out = settled.filter(({ state }) => state !== 'replaced');
  return out.map(({ id, accountId }) => ({
    to: { accountId: accountId ?? '' },
    form: 'edit',
    template: 'card-settled',
    params,
    caseId: told.row.id,
    editOf: id,
  }));
}

/** The lines that a returned case is missing. */
export const missingLines = (service: Service, reasons: readonly string[]): Part =>
  wordList(
    reasons.map((reason) => {
      const own = ownWords(reason);
      if (own !== null) return asWritten(own);
      return reason === 'other'
        ? 'engine:verbs.return.ask.missing.options.other'
        : serviceKey(service.kind, `return.${reason}`);
    }),
  );
