/** Opening the Mini App as Telegram would: signed init data, whole or spoilt. */
import { createHmac } from 'node:crypto';

/** The simulator's bot. */
export const DEMO_BOT = '4301:demo-bot-of-the-simulator-only';

export interface Opening {
  id: number | string;
  at: Date;
  token?: string;
  /** Fields beside those that Telegram always sends, or in their place. */
  more?: Record<string, string>;
}

/** Init data for a person and a moment. */
export function initDataOf({ id, at, token = DEMO_BOT, more = {} }: Opening): string {
  const fields: Record<string, string> = {
    query_id: 'AAHdF6IQAAAAAN0XohDhrOrc',
    user: JSON.stringify({ id, first_name: '刘淑兰', language_code: 'zh-hans' }),
    auth_date: String(Math.floor(at.getTime() / 1000)),
    signature: 'sig',
    ...more,
  };
  const checked = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  const hash = createHmac('sha256', key).update(checked).digest('hex');
  return new URLSearchParams({ ...fields, hash }).toString();
}
