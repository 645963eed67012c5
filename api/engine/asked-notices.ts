/**
 * What is told of a case in which somebody asks something of a retiree whom they only named. The asker hears the same words at the
 * same time whether anybody was found: a no is never told, the case just ends on its day.
 */
import type { Status } from '../../db/schema/engine.ts';
import { asksOfOne, canSpend } from '../access/limits.ts';
import { readOwnTap } from '../access/read-phones.ts';
import type { Ctx } from '../context.ts';
import { asksYou, plain, unitName, type NewMessage } from '../delivery/message.ts';
import { nameTyped } from './cases/named.ts';
import { hearsItNow, paramsOf, type Told } from './told.ts';
import type { Verb } from './verbs.ts';

/** The retiree: their own accounts, or their id when they live and have none. */
export interface Retired {
  self: string[];
  unreached: string | null;
}

type Happened = 'opened' | 'agreed' | 'refused' | 'withdrawn' | 'undone';

/** What a verb comes to for the two; null when neither hears of it. */
function happenedBy(verb: Verb | 'open', status: Status): Happened | null {
  if (verb === 'open') return 'opened';
  if (status === 'approved' && verb === 'approve') return 'agreed';
  if (status === 'rejected') return 'refused';
  if (status === 'withdrawn') return 'withdrawn';
  return status === 'undone' ? 'undone' : null;
}

/** @see above */
export async function askedNotices(ctx: Ctx, told: Told, reached: Retired, verb: Verb | 'open'): Promise<NewMessage[]> {
  const { row } = told;
  const happened = happenedBy(verb, row.status);
  if (!happened) return [];
  const [tap, typed] = await Promise.all([
    readOwnTap(ctx, row.subjectId, row.applicantId),
    nameTyped(ctx, told.service, row.id),
  ]);
  const isPestered = happened === 'opened' && !(await canSpend(ctx, asksOfOne, row.subjectId ?? row.id));
  return [...toAsker(ctx, told, happened, typed), ...(isPestered ? [] : toRetiree(ctx, told, reached, happened, tap))];
}

/** Nothing of the registry: the name as they typed it, and the city's agency to turn to. */
function toAsker(ctx: Ctx, told: Told, happened: Happened, typed: string): NewMessage[] {
  const { row } = told;
  if (!row.applicantId) return [];
  return [
    {
      to: { accountId: row.applicantId },
      form: 'notice',
      template: `asked.asker.${happened}`,
      params: { ...paramsOf(told), name: plain(typed), unit: unitName(ctx.city.units.cityAgency().id) },
      caseId: row.id,
      alreadySaid: hearsItNow(ctx, row.applicantId),
    },
  ];
}

/** A question with buttons where a tap of theirs counts; else they are told, and the community asks them. */
function toRetiree(
  ctx: Ctx,
  told: Told,
  { self, unreached }: Retired,
  happened: Happened,
  tap: { counts: boolean; reachesAsker: boolean },
): NewMessage[] {
  const { row } = told;
  const asks = happened === 'opened' && tap.counts;
  const common = { params: paramsOf(told), caseId: row.id };
  const accounts = self.filter((account) => account !== row.applicantId);
  const template = `asked.retiree.${happened}`;
  return [
    ...accounts.map((accountId): NewMessage => {
      const to = { accountId };
      if (asks) return { ...common, to, form: 'card', template: asksYou };
      return { ...common, to, form: 'notice', template, alreadySaid: hearsItNow(ctx, accountId) };
    }),
    // A text message to a phone of the asker's would tell them that it stands in the registry; one that nothing came of it, only worry.
    ...(unreached && !tap.reachesAsker && ['opened', 'agreed', 'undone'].includes(happened)
      ? [{ ...common, to: { retireeId: unreached }, form: 'notice' as const, template }]
      : []),
  ];
}
