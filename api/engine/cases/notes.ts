/** The verbs that leave a case where it is and only note something: whose it is, a reminder, what was added, a rating. */
import { isDeepStrictEqual } from 'node:util';
import { colleagueAt } from '../../access/colleagues.ts';
import { deputyAt } from '../../access/duty.ts';
import type { Ctx } from '../../context.ts';
import { plain, words } from '../../delivery/message.ts';
import { notAllowed } from '../../errors.ts';
import type { CaseRow } from '../drafts/load.ts';
import { alreadyReminded, notNow } from '../errors.ts';
import { tellDoneFor, tellMoved, tellColleague } from '../notices.ts';
import type { Told } from '../told.ts';
import type { Acting } from './acting.ts';
import { asAsked, keepAnswers, OWN } from './answers.ts';
import { note, save } from './write.ts';

/** An applicant may remind once a day. */
const REMIND_AGAIN_MS = 24 * 60 * 60 * 1000;

/** Carries out a verb that only notes something: whose it is, a reminder, a rating. */
export async function notes(ctx: Ctx, acting: Acting): Promise<CaseRow> {
  const { row, verb, values, service, subject } = acting;
  const me = ctx.actor.is === 'person' ? ctx.actor.accountId : null;
  const told = { row, service, subject };
  if (verb === 'remind' && row.remindedAt && ctx.clock().getTime() - row.remindedAt.getTime() < REMIND_AGAIN_MS)
    throw alreadyReminded();
  const colleague = verb === 'assign' ? await findColleague(ctx, values['to'] as string, row.unitId) : null;
  const noted = verb === 'add' ? await addAnswers(ctx, acting) : acting;
  await note(ctx, noted, row.status, {}, colleague?.name);
  switch (verb) {
    case 'claim':
      return save(ctx, row, { claimedBy: me }, 'same-version');
    case 'assign':
      await tellAssigned(ctx, told, { to: values['to'] as string, name: colleague?.name ?? null });
      await tellTaken(ctx, told, values['to'] as string);
      return save(ctx, row, { claimedBy: values['to'] as string }, 'same-version');
    case 'hand-back':
      await tellTaken(ctx, told, null);
      return save(ctx, row, { claimedBy: null }, 'same-version');
    case 'remind':
      await tellMoved(ctx, told, 'remind');
      await tellDoneFor(ctx, told, 'remind');
      return save(ctx, row, { remindedAt: ctx.clock() }, 'same-version');
    case 'add':
      await tellMoved(ctx, told, 'add');
      return row;
    case 'rate':
      await tellDoneFor(ctx, told, 'rate');
      return save(ctx, row, { stars: Number(values['stars']) }, 'same-version');
    default:
      throw notNow(verb);
  }
}

/** Whoever a case is assigned to hears of it; while they are on leave whoever stands in, and they find it in their list. */
async function tellAssigned(ctx: Ctx, told: Told, { to, name }: { to: string; name: string | null }): Promise<void> {
  const deputy = await deputyAt(ctx, to, told.row.unitId);
  if (!deputy) return tellColleague(ctx, told, to, 'assigned');
  await tellColleague(ctx, told, deputy, 'assigned-away', { away: name ? plain(name) : words('notices:someone') });
}

/** Whoever had it in hand hears that it is another's now, or nobody's; not of what they did themselves. */
async function tellTaken(ctx: Ctx, told: Told, to: string | null): Promise<void> {
  const { claimedBy } = told.row;
  const me = ctx.actor.is === 'person' ? ctx.actor : null;
  if (!claimedBy || claimedBy === to || claimedBy === me?.accountId) return;
  const who = me?.name ? plain(me.name) : words('notices:someone');
  await tellColleague(ctx, told, claimedBy, to ? 'assigned-elsewhere' : 'handed-back', { who });
}

/** What is given later stands among the case's own answers, as if it had been said at once. @returns what is different now */
async function addAnswers(ctx: Ctx, acting: Acting): Promise<Acting> {
  const { row, draft, asked } = acting;
  const { own } = acting.behind;
  const given = asAsked(ctx, draft, asked, draft.row.answers);
  const isNew = ({ key, value }: (typeof given)[number]) =>
    !isDeepStrictEqual(value, own.find((one) => one.key === key)?.value ?? null);
  const changed = given.filter(isNew);
  const kept = own.map((one) => changed.find(({ key }) => key === one.key) ?? one);
  const added = changed.filter(({ key }) => !own.some((one) => one.key === key));
  await keepAnswers(ctx, row.id, OWN, row.round, [...kept, ...added]);
  return { ...acting, asked: asked.filter(({ key }) => changed.some((one) => one.key === key)) };
}

/** A case is assigned within the unit that must act. @throws not-allowed */
async function findColleague(ctx: Ctx, accountId: string, unitId: string): Promise<{ name: string | null }> {
  const colleague = /^[0-9a-f-]{36}$/.test(accountId) ? await colleagueAt(ctx, accountId, unitId) : null;
  if (!colleague) throw notAllowed();
  return colleague;
}
