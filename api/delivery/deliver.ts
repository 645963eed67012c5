/**
 * Sends messages of the outbox: to the person's chat, else by SMS, else they are kept for the person's own list. A row is claimed
 * before it is sent and marked soon afterwards, so a crash repeats at most the sends that were in flight. Nothing is begun that might not
 * end before its claim does: another worker would send it as well.
 */
import type { Db } from '../../db/connect.ts';
import { openBytes } from '../../db/vault.ts';
import { localeFor } from '../../locales/index.ts';
import type { Clock } from '../dates.ts';
import type { Sms } from '../ports.ts';
import { isMobile, type Phone } from '../values/phone.ts';
import type { Channel, Outgoing } from './channel.ts';
import { claimDue, type Claimed, type Share } from './claim.ts';
import { groupCards } from './group-cards.ts';
import { openMarks } from './marks.ts';
import type { Outcome } from './mark.ts';
import { asksAtHome, isNews, render, withLandline, type WordSources } from './message.ts';
import { wakingTime } from './quiet-hours.ts';
import { sendToRoom } from './send-to-room.ts';

export interface Post {
  db: Db;
  clock: Clock;
  channel: Channel;
  sms: Sms;
  words: () => WordSources;
  /** A Telegram group takes nothing any more, or lives on elsewhere. */
  roomGone: (roomId: string, movedTo: string | null) => Promise<void>;
  /** Told what became of each message that was tried. */
  tried?: (message: TriedMessage) => void;
}

/** A message as it may stand in a log. */
export interface TriedMessage {
  messageId: string;
  /** The request, or the turn of the clockwork, that it came of. */
  requestId: string | undefined;
  template: string;
  way: 'telegram' | 'sms' | 'none';
  outcome: Outcome['sent']['is'];
  tries: number;
}

/** Claimed together. */
export const TOGETHER = 50;
/** Sends at once: Telegram takes about 30 a second. */
const AT_ONCE = 10;
/** After the claim: a call to Telegram may take 45 seconds more (`bot/telegram/api.ts`), and a claim ends after a minute. */
const BEGUN_WITHIN_MS = 10_000;

/**
 * Sends what is due to everybody, or to this share of people, up to `TOGETHER`. Never throws for one message: its row says
 * what happened. @returns how many were due
 */
export async function deliverDue(post: Post, share?: Share): Promise<number> {
  const began = post.clock();
  const claimed = await claimDue(post.db, began, TOGETHER, share);
  const toSend = await groupCards(post.db, post.clock(), claimed);
  const marks = openMarks(post.db, post.clock);
  // What goes to one person goes in order: nobody reads that a case ended before they read that it began.
  const people = [...Map.groupBy(toSend, (one) => one.account_id ?? one.room_id ?? one.id).values()];
  const sendAll = async () => {
    for (let own = people.shift(); own; own = people.shift())
      for (const some of own[0]?.room_id ? [own] : own.map((one) => [one])) {
        if (post.clock().getTime() - began.getTime() > BEGUN_WITHIN_MS) marks.leave(some);
        else await marks.write(await sendTogether(post, some));
      }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
  await marks.end();
  return claimed.length;
}

/** All of what goes into a group, or one message to a person. */
async function sendTogether(post: Post, some: readonly Claimed[]): Promise<Outcome[]> {
  const [one] = some;
  if (!one) return [];
  const done = one.room_id
    ? await sendToRoom(post, some)
    : [{ id: one.id, tries: one.tries, ...(await sendOne(post, one)) }];
  for (const [at, row] of some.entries()) tell(post, row, done[at]);
  return done;
}

function tell({ tried }: Post, { id, params, template, tries }: Claimed, done: Outcome | undefined): void {
  if (!done) return;
  const { way, sent } = done;
  tried?.({ messageId: id, requestId: params['requestId'], template, way: way ?? 'none', outcome: sent.is, tries });
}

async function sendOne(post: Post, row: Claimed): Promise<Pick<Outcome, 'way' | 'sent'>> {
  const message = toOutgoing(post, row);
  const asleepMs = isNews(row.template) ? wakingTime(post.clock()).getTime() - post.clock().getTime() : 0;
  if (asleepMs > 0) return { way: null, sent: { is: 'later', why: 'quiet hours', waitSeconds: asleepMs / 1000 } };
  try {
    if (row.form === 'edit') return { way: 'telegram', sent: await edit(post, row, message) };
    if (row.chat)
      return { way: 'telegram', sent: await post.channel.send(unsealed(row.chat, 'logins.address'), message) };
    const phone = mobileOf(row);
    // Cards for staff and what goes on in a chat mean nothing as a text message.
    const isForPhones = (row.form === 'notice' && !isNews(row.template)) || asksAtHome.includes(row.template);
    // Whoever has an account finds it in their own list; nothing leads to whoever has none.
    if (!isForPhones || !phone) return { way: null, sent: { is: row.account_id ? 'kept' : 'unreachable' } };
    await post.sms.send(phone, withLandline(message.text, message.params, message.locale, post.words().units));
    return { way: 'sms', sent: { is: 'sent', id: '' } };
  } catch (error) {
    const way = row.chat || row.form === 'edit' ? 'telegram' : 'sms';
    return { way, sent: { is: 'later', why: (error as Error).message, waitSeconds: 0 } };
  }
}

/** The number that a text message can reach; a landline cannot, whoever has only that is phoned by the community. */
function mobileOf(row: Claimed): Phone | null {
  const own = row.phone && unsealed(row.phone, 'logins.address');
  const registered = row.retiree_phone && unsealed(row.retiree_phone, 'retirees.phone');
  const phone = (own ?? registered) as Phone | null;
  return phone && isMobile(phone) ? phone : null;
}

/** A card that never went out needs no edit. */
async function edit(post: Post, row: Claimed, message: Outgoing): Promise<Outcome['sent']> {
  if (!row.card_sent_id || !row.chat) return { is: 'kept' };
  return post.channel.edit(unsealed(row.chat, 'logins.address'), row.card_sent_id, message);
}

function toOutgoing(post: Post, row: Claimed): Outgoing {
  const locale = localeFor(row.locale);
  return {
    form: row.form,
    template: row.template,
    text: render(row.template, row.params, locale, post.words()),
    locale,
    accountId: row.account_id ?? '',
    caseNumber: row.case_number,
    params: row.params,
  };
}

function unsealed(address: Buffer, place: string): string {
  return JSON.parse(openBytes(Buffer.from(address), place).toString()) as string;
}
