/**
 * What is told of a case in which something is reported of somebody (`discreet`). Until it is found true: whoever reported it
 * hears that it came in, the retiree's own account is asked to verify something, and nobody else hears anything. Nothing wakes anybody.
 */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { messages } from '../../db/schema/delivery.ts';
import { caseEvents, type Status } from '../../db/schema/engine.ts';
import type { Ctx } from '../context.ts';
import { asksToVerify, type NewMessage } from '../delivery/message.ts';
import { stepOf } from './catalogue.ts';
import { paramsOf, type Told } from './told.ts';
import type { Verb } from './verbs.ts';

/** The retiree's own accounts, and who else reported the same. */
interface Reached {
  self: string[];
  joined: string[];
}

type Happened = 'opened' | 'approved' | 'rejected' | 'withdrawn' | 'undone';

function happenedBy(verb: Verb | 'open', status: Status): Happened | null {
  if (verb === 'open') return 'opened';
  const ends: readonly Status[] = ['approved', 'rejected', 'withdrawn', 'undone'];
  return ends.includes(status) ? (status as Happened) : null;
}

/** @see above */
export async function reportNotices(
  ctx: Ctx,
  told: Told,
  { self, joined }: Reached,
  verb: Verb | 'open',
): Promise<NewMessage[]> {
  const happened = happenedBy(verb, told.row.status);
  const asked = happened && happened !== 'opened' ? await askedBefore(ctx, told.row.id) : [];
  return [...(happened ? toReporters(told, joined, happened) : []), ...toRetiree(told, self, asked, happened)];
}

function toReporters(told: Told, joined: readonly string[], happened: Happened): NewMessage[] {
  const { row } = told;
  const applicant = row.applicantId && row.capacity !== 'counter' ? [row.applicantId] : [];
  // One who joined is told what became of it, as soon as it ended.
  const accounts = happened === 'opened' ? applicant : [...new Set([...applicant, ...joined])];
  return accounts.map((accountId) => ({
    to: { accountId },
    form: 'notice',
    template: `report.${happened}`,
    params: paramsOf(told),
    caseId: row.id,
    quiet: true,
    // They read it when they sent it.
    alreadySaid: happened === 'opened',
  }));
}

function toRetiree(
  told: Told,
  self: readonly string[],
  asked: readonly string[],
  happened: Happened | null,
): NewMessage[] {
  const { row, service } = told;
  const common = { form: 'notice' as const, params: paramsOf(told), quiet: true };
  const waits = row.step !== null && stepOf(service, row.step).on.object !== undefined;
  if (waits)
    return self
      .filter((accountId) => accountId !== row.applicantId)
      .map((accountId) => ({
        ...common,
        to: { accountId },
        template: asksToVerify,
        caseId: row.id,
        onceKey: `${asksToVerify}:${row.id}:${accountId}`,
      }));
  if (happened === 'undone')
    return self.map((accountId) => ({ ...common, to: { accountId }, template: 'report.restored' }));
  if (happened === 'rejected' || happened === 'withdrawn')
    return self
      .filter((accountId) => asked.includes(accountId))
      .map((accountId) => ({ ...common, to: { accountId }, template: 'report.closed' }));
  return [];
}

/** Takes back what has not gone out yet. @returns the accounts that have been asked already, or said no without waiting for it */
async function askedBefore(ctx: Ctx, caseId: string): Promise<string[]> {
  const ofCase = and(eq(messages.caseId, caseId), eq(messages.template, asksToVerify));
  await ctx.db
    .update(messages)
    .set({ state: 'replaced' })
    .where(and(ofCase, eq(messages.state, 'queued'), isNull(messages.claimedUntil)));
  const rows = await ctx.db
    .select({ accountId: messages.accountId })
    .from(messages)
    .where(and(ofCase, inArray(messages.state, ['sent', 'kept', 'queued']), sql`${messages.accountId} is not null`));
  const said = await ctx.db
    .select({ accountId: caseEvents.accountId })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, caseId), eq(caseEvents.verb, 'object')));
  return [...rows, ...said].map(({ accountId }) => accountId ?? '');
}
