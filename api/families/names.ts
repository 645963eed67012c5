/** What people are called to one another. */
import { eq } from 'drizzle-orm';
import { accounts } from '../../db/schema/access.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';

/** The name of whoever holds a link; what they are to the retiree when the account has none. */
export async function nameOfHelper(ctx: Ctx, link: { accountId: string; relation: string }): Promise<string> {
  const [account] = await ctx.db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, link.accountId));
  return account?.name ?? say(ctx.locale, `notices:family.relations.${link.relation}`);
}
