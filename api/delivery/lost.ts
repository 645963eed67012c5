/** Finds messages whose job is over but that are still queued: retries whose time has come, and sends that a crash cut off. */
import { and, eq, lte } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { messages } from '../../db/schema/delivery.ts';

const AT_ONCE = 200;
/** Younger ones are still in their own job's hands. */
const GRACE_MS = 1500;

export async function lostMessages(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.state, 'queued'), lte(messages.nextTryAt, new Date(now.getTime() - GRACE_MS))))
    .orderBy(messages.nextTryAt)
    .limit(AT_ONCE);
  return rows.map((row) => row.id);
}
