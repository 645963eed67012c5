/** Signing in by opening the Mini App in Telegram: the chat's account, in a session of its own. */
import { doneActs } from '../../db/schema/engine.ts';
import type { Ctx } from '../context.ts';
import { accountFor } from './accounts.ts';
import { miniAppRefused, miniAppUsed, otherAccount } from './errors.ts';
import { readInitData } from './init-data.ts';
import { startSession, type NewSession } from './sessions.ts';

/**
 * Signs in as whoever opened the Mini App. Each opening is good once, whichever process sees it first. A browser that is signed in as
 * somebody else changes over only when its holder said so (`replacing`): else a link could sign people into a stranger's account.
 * @returns null when the browser has a session of this very account already
 * @throws mini-app-refused when Telegram did not sign it, mini-app-used when it is over an hour old or was used, other-account
 */
export async function signInByMiniApp(
  ctx: Ctx,
  opened: { initData: string; replacing: boolean },
): Promise<NewSession | null> {
  const key = ctx.city.miniAppKey;
  const read = key && readInitData(opened.initData, key, ctx.clock());
  if (!read) throw miniAppRefused();
  if (!read.ok) throw read.fault === 'old' ? miniAppUsed() : miniAppRefused();
  return ctx.db.transaction(async (tx) => {
    const inside: Ctx = { ...ctx, db: tx, device: 'telegram' };
    const accountId = await accountFor(inside, 'telegram', read.userId);
    const here = ctx.actor.is === 'person' ? ctx.actor.accountId : null;
    if (here === accountId) return null;
    if (here && !opened.replacing) throw otherAccount();
    const used = await tx
      .insert(doneActs)
      .values({ key: `mini-app:${read.hash}`, at: ctx.clock() })
      .onConflictDoNothing()
      .returning({ key: doneActs.key });
    if (used.length === 0) throw miniAppUsed();
    return startSession(inside, accountId);
  });
}
