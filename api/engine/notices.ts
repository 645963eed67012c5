/** Who is told what when a case opens or moves. Names, units and services only: never a number, an address or an illness. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { prepared, preparedSql } from '../../db/prepared.ts';
import { messages } from '../../db/schema/delivery.ts';
import type { Status } from '../../db/schema/engine.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { dayWords, plain, unitName, wordList, words, type NewMessage, type Part } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { spokenNumber } from './case-number.ts';
import type { CaseRow } from './drafts/load.ts';
import { stepOf } from './catalogue.ts';
import type { Service, AnySubject } from './service.ts';
import { serviceKey } from './texts.ts';
import type { Verb } from './verbs.ts';

export interface Told {
  row: CaseRow;
  service: Service;
  subject: AnySubject | null;
}

interface Audience {
  /** Staff on duty at the acting unit who have a chat; the others find it in their list. */
  staff: string[];
  /** The retiree's own accounts. Nothing is sent to the dead, whoever holds their phone now. */
  self: string[];
  /** The retiree, when they live and have no account: told at the number in the registry. */
  unreached: string | null;
}

const audience = preparedSql<{ account_id: string; part: 'staff' | 'self' | 'alive' }>(sql`
  select account_id, 'staff' as part from posts
   where unit_id = ${sql.placeholder('unitId')} and ended_at is null and on_duty
     and exists (select from logins where logins.account_id = posts.account_id and kind = 'telegram')
  union
  select account_id, 'self' from links
   where retiree_id = ${sql.placeholder('subjectId')}::uuid and relation = 'self' and revoked_at is null
  union
  select id, 'alive' from retirees where id = ${sql.placeholder('subjectId')}::uuid and died_on is null`);

async function audienceOf(ctx: Ctx, { unitId, subjectId }: CaseRow): Promise<Audience> {
  const rows = await audience(ctx.db, { unitId, subjectId });
  const part = (name: string) => rows.filter((one) => one.part === name).map((one) => one.account_id);
  const [alive = null] = part('alive');
  const self = part('self');
  return { staff: part('staff'), self: alive ? self : [], unreached: self.length === 0 ? alive : null };
}

/** A case was opened: the applicant, the retiree, and the staff who must act are told. */
export async function tellOpened(ctx: Ctx, told: Told): Promise<void> {
  const reached = await audienceOf(ctx, told.row);
  await enqueue(ctx, [...toParties(ctx, told, reached, 'opened', {}), ...cards(told, reached)]);
}

/** A case moved: the parties are told, everybody's card changes, and whoever acts next gets one. */
export async function tellMoved(ctx: Ctx, told: Told, verb: Verb, more: Record<string, Part> = {}): Promise<void> {
  const [reached, edits] = await Promise.all([audienceOf(ctx, told.row), cardEdits(ctx, told, verb)]);
  const template = noticeFor(verb, told.row.status);
  await enqueue(ctx, [
    ...(template ? toParties(ctx, told, reached, template, more) : []),
    ...edits,
    ...(['open', 'entering'].includes(told.row.status) ? cards(told, reached) : []),
  ]);
}

/** Tells one account something about a case. */
export async function tellOne(
  ctx: Ctx,
  told: Told,
  accountId: string,
  template: string,
  more: Record<string, Part> = {},
): Promise<void> {
  await enqueue(ctx, [
    { to: { accountId }, form: 'notice', template, params: { ...paramsOf(told), ...more }, caseId: told.row.id },
  ]);
}

/** Which words the parties read; null when there is nothing new for them. */
function noticeFor(verb: Verb, status: Status): string | null {
  if (verb === 'approve') return status === 'open' ? 'passed-on' : status === 'entering' ? 'approved' : 'finished';
  const templates: Partial<Record<Verb, string>> = {
    // Given back to an earlier step, it is still the offices' to do.
    return: status === 'returned' ? 'returned' : 'passed-on',
    reject: 'rejected',
    forward: 'forwarded',
    withdraw: 'withdrawn',
    resubmit: 'resubmitted',
    expire: 'passed-on',
    undo: 'undone',
  };
  return templates[verb] ?? null;
}

function paramsOf({ row, service, subject }: Told): Record<string, Part> {
  return {
    service: words(serviceKey(service.kind, 'title')),
    number: spokenNumber(row.number),
    name: plain(subject?.name ?? row.named ?? ''),
    unit: unitName(row.unitId),
    ...(row.dueAt && { due: dayWords(dayOf(row.dueAt)) }),
  };
}

function toParties(
  ctx: Ctx,
  told: Told,
  reached: Audience,
  template: string,
  more: Record<string, Part>,
): NewMessage[] {
  const { row } = told;
  const params = { ...paramsOf(told), ...more };
  const common = { form: 'notice' as const, params, caseId: row.id };
  const others = reached.self.filter((account) => account !== row.applicantId);
  // What was done in a retiree's name is told to the retiree, at the number in the registry when there is no account.
  const unreached = reached.unreached ? [{ retireeId: reached.unreached }] : [];
  const applicant = row.applicantId && row.capacity !== 'counter' ? [{ accountId: row.applicantId }] : [];
  return [
    ...applicant.map((to) => ({ ...common, to, template, alreadySaid: hearsItNow(ctx, to.accountId) })),
    ...[...others.map((accountId) => ({ accountId })), ...unreached].map((to) => ({
      ...common,
      to,
      template: template === 'opened' ? (row.capacity === 'system' ? 'opened-by-rule' : 'opened-for-you') : template,
    })),
  ];
}

/** Whoever acts in a chat is answered there at once; the notice only waits in their list. */
function hearsItNow({ actor, chatKey }: Ctx, accountId: string): boolean {
  return chatKey !== undefined && actor.is === 'person' && actor.accountId === accountId;
}

function cards(told: Told, { staff }: Audience): NewMessage[] {
  const { row, service } = told;
  const step = row.step ? stepOf(service, row.step) : null;
  if (!step?.by.some((party) => party === 'clerk' || party === 'lead')) return [];
  const title = step.entry
    ? words('engine:officeEntry.title')
    : words(serviceKey(service.kind, `steps.${row.step ?? ''}.title`));
  const params = { ...paramsOf(told), step: title };
  return staff.map((accountId) => ({ to: { accountId }, form: 'card', template: 'card', params, caseId: row.id }));
}

const settleCards = prepared((db) =>
  db
    .update(messages)
    .set({ readAt: sql`${sql.placeholder('now')}` })
    // The form as a constant: the index of cards is for no other.
    .where(and(eq(messages.caseId, sql.placeholder('caseId')), sql`${messages.form} = 'card'`, isNull(messages.readAt)))
    .returning({ id: messages.id, accountId: messages.accountId }),
);

/** The cards of the step just left lose their buttons and say who decided what. */
async function cardEdits(ctx: Ctx, told: Told, verb: Verb): Promise<NewMessage[]> {
  const settled = await settleCards(ctx.db, { now: ctx.clock().toISOString(), caseId: told.row.id });
  const who = ctx.actor.is === 'person' && ctx.actor.name ? plain(ctx.actor.name) : words('notices:someone');
  const params = { ...paramsOf(told), who, what: words(`engine:verbs.${verb}.done`) };
  return settled.map(({ id, accountId }) => ({
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
    reasons.map((reason) =>
      reason === 'other'
        ? 'engine:verbs.return.ask.missing.options.other'
        : serviceKey(service.kind, `return.${reason}`),
    ),
  );
