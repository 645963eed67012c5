/** What goes to one Telegram group, in one message: it takes twenty a minute, and who reads there wants no twenty. */
import { sql } from 'drizzle-orm';
import { openBytes } from '../../db/vault.ts';
import { localeFor } from '../../locales/index.ts';
import type { Sent } from './channel.ts';
import type { Claimed } from './claim.ts';
import type { Post } from './deliver.ts';
import type { Outcome } from './mark.ts';
import { render } from './message.ts';

/** Telegram takes 4,096 characters. */
const LONGEST = 4000;
/** What does not fit into this message is for the next one. */
const NEXT_S = 10;

/** @returns what became of each, in order */
export async function sendToRoom(post: Post, rows: readonly Claimed[]): Promise<Outcome[]> {
  const [first] = rows;
  const outcome = (row: Claimed, sent: Outcome['sent'], way: Outcome['way'] = 'telegram'): Outcome => ({
    id: row.id,
    tries: row.tries,
    way,
    sent,
  });
  if (!first?.room || !first.room_id) return rows.map((row) => outcome(row, { is: 'kept' }, null));
  const locale = localeFor(first.locale);
  const texts = rows.map((row) => render(row.template, row.params, locale, post.words()));
  const fits = howManyFit(texts);
  const address = JSON.parse(openBytes(Buffer.from(first.room), 'group_rooms.address').toString()) as string;
  const sent = await post.channel
    .send(address, {
      form: 'notice',
      template: first.template,
      text: texts.slice(0, fits).join('\n\n'),
      locale,
      accountId: '',
      caseNumber: null,
      params: {
        pages: rows
          .slice(0, fits)
          .flatMap(({ params }) => params['page'] ?? [])
          .join(' '),
      },
    })
    .catch((error: unknown): Sent => ({ is: 'later', why: (error as Error).message, waitSeconds: NEXT_S }));
  if (sent.is === 'gone') await post.roomGone(first.room_id, sent.to ?? null);
  if (sent.is === 'later') await holdBack(post, first.room_id, sent.waitSeconds);
  // It lives on elsewhere: the same goes there.
  const became: Sent = sent.is === 'gone' && sent.to ? { is: 'later', why: sent.why, waitSeconds: 0 } : sent;
  return rows.map((row, at) =>
    at < fits
      ? outcome(row, became.is === 'gone' ? { is: 'kept' } : became)
      : outcome(row, { is: 'later', why: 'the message before was full', waitSeconds: NEXT_S }),
  );
}

/** At least one: none is longer than a message. */
function howManyFit(texts: readonly string[]): number {
  let length = 0;
  const over = texts.findIndex((text) => (length += text.length + 2) > LONGEST);
  return over === -1 ? texts.length : Math.max(1, over);
}

/** Telegram said when it takes more (`retry_after`): until then nothing else is tried there either. */
const holdBack = ({ db, clock }: Post, roomId: string, seconds: number) =>
  db.execute(sql`
    update group_rooms set send_at = ${new Date(clock().getTime() + seconds * 1000).toISOString()}::timestamptz where id = ${roomId}`);
