/**
 * Who opened a Telegram Mini App, as Telegram signed it (core.telegram.org/bots/webapps, "Validating data received via the Mini
 * App"): HMAC-SHA-256 over all fields in order, with a key made from the bot's token. Pure.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Opened longer ago than this, it signs nobody in (h5-standard, Chat row 7). */
const LONGEST_MS = 60 * 60 * 1000;
/** Telegram's clock may be ahead of ours by this much, and no more. */
const AHEAD_MS = 30_000;

export type InitData =
  | { ok: true; userId: string; /** Names this opening: it is good once. */ hash: string }
  | { ok: false; fault: 'forged' | 'old' };

/** The key that init data are checked with: whoever has it can check and make them, and nothing else of the bot's. */
export const miniAppKey = (botToken: string): Buffer => createHmac('sha256', 'WebAppData').update(botToken).digest();

/** Checks init data. What is not exactly as Telegram writes it is taken for forged. */
export function readInitData(raw: string, key: Buffer, now: Date): InitData {
  const fields = [...new URLSearchParams(raw)];
  const byName = new Map(fields);
  const isPlain = fields.every(([name, value]) => /^[a-z_]+$/.test(name) && !value.includes('\n'));
  // A field named twice would be one thing to whoever checks and another to whoever reads.
  if (byName.size !== fields.length || !isPlain) return { ok: false, fault: 'forged' };
  const hash = byName.get('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash) || !isSigned(fields, hash, key)) return { ok: false, fault: 'forged' };
  const opened = Number(byName.get('auth_date')) * 1000;
  const userId = readUser(byName.get('user'));
  if (!/^\d{1,12}$/.test(byName.get('auth_date') ?? '') || !userId || opened > now.getTime() + AHEAD_MS)
    return { ok: false, fault: 'forged' };
  return now.getTime() - opened > LONGEST_MS ? { ok: false, fault: 'old' } : { ok: true, userId, hash };
}

function isSigned(fields: [string, string][], hash: string, key: Buffer): boolean {
  const checked = fields
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('\n');
  return timingSafeEqual(createHmac('sha256', key).update(checked).digest(), Buffer.from(hash, 'hex'));
}

/** The id of the person, which is that of their chat with the bot; null for a bot and for what is no person. */
function readUser(json: string | undefined): string | null {
  try {
    const user: unknown = JSON.parse(json ?? '');
    const { id, is_bot: isBot } = (user ?? {}) as { id?: unknown; is_bot?: unknown };
    return Number.isSafeInteger(id) && Number(id) > 0 && isBot !== true ? String(id) : null;
  } catch {
    return null;
  }
}
