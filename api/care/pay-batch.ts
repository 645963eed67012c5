/** Records what was handed over to people on an approved list: one by one, or all that a signed sheet names. */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { careBatchRows, careSheets } from '../../db/schema/care.ts';
import { ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import type { PlainDate } from '../dates.ts';
import { remakePicture } from '../engine/files.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { batchFor } from './batch.ts';
import { nothingReserved } from './errors.ts';
import { payPayments } from './ledger.ts';

export interface BatchPayment {
  /** Whom: their rows must be reserved. */
  people: readonly string[];
  paidOn: PlainDate;
  /** The second of the two who handed it over; the first records it. */
  second: string;
  /** Who took it for somebody, when they did not themselves. */
  receiver?: { name: string; relation: string } | undefined;
  /** The photo of the sheet that was signed. */
  sheet?: string | undefined;
}

/** All of them, or none. @throws not-signed-in, not-found, nothing-reserved, already-settled, outside-year, paid-in-the-future */
export async function payBatch(ctx: Ctx, id: string, paid: BatchPayment): Promise<{ people: number }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    await batchFor(inside, id, 'care.handle');
    if (paid.sheet) await ensureSheet(inside, id, paid.sheet);
    const rows = await inside.db
      .select({ paymentId: careBatchRows.paymentId })
      .from(careBatchRows)
      .where(
        and(
          eq(careBatchRows.batchId, id),
          inArray(careBatchRows.retireeId, [...paid.people]),
          isNotNull(careBatchRows.paymentId),
        ),
      );
    if (rows.length < paid.people.length) throw nothingReserved();
    const { name } = ensurePerson(inside.actor);
    const { receiver, second, sheet } = paid;
    const details = {
      handlers: [name ?? '', second.trim()],
      ...(receiver && { receiver: receiver.name, relation: receiver.relation }),
      ...(sheet && { sheet }),
    };
    const payments = rows.map(({ paymentId }) => paymentId ?? '');
    await payPayments(inside, payments, { day: paid.paidOn, detailsOf: () => details });
    return { people: rows.length };
  });
}

/** Keeps the photo of a signed sheet; it is received only once it is clear that it may be. @throws not-signed-in, not-found, not-a-picture, file-too-large */
export async function addSheet(ctx: Ctx, id: string, receive: () => Promise<ArrayBuffer>): Promise<{ id: string }> {
  await batchFor(ctx, id, 'care.handle');
  const content = await remakePicture(Buffer.from(await receive()));
  return once(ctx, async (inside) => {
    await batchFor(inside, id, 'care.handle');
    const { accountId } = ensurePerson(inside.actor);
    const [row] = await inside.db
      .insert(careSheets)
      .values({ batchId: id, content, accountId, at: inside.clock() })
      .returning({ id: careSheets.id });
    return { id: row?.id ?? '' };
  });
}

/** The photo of a signed sheet, for those who may see its list. @throws not-signed-in, not-found */
export async function readSheet(ctx: Ctx, id: string): Promise<Buffer> {
  const [sheet] = await ctx.db.select().from(careSheets).where(eq(careSheets.id, id));
  if (!sheet) throw notFound();
  await batchFor(ctx, sheet.batchId, 'care.read');
  return sheet.content;
}

async function ensureSheet({ db }: Ctx, batchId: string, id: string): Promise<void> {
  const [there] = await db
    .select({ id: careSheets.id })
    .from(careSheets)
    .where(and(eq(careSheets.id, id), eq(careSheets.batchId, batchId)));
  if (!there) throw notFound();
}
