/** Changes the usual reasons that a unit adds to those of a service. Every process reads them anew (NOTIFY). */
import { and, eq } from 'drizzle-orm';
import { isDeepStrictEqual } from 'node:util';
import { usualReasons, type ReasonVerb } from '../../db/schema/settings.ts';
import { quote } from '../../locales/quote.ts';
import { ensureCan } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { serviceOf } from '../engine/catalogue.ts';
import { once } from '../engine/once.ts';
import { takesReasons } from '../engine/verb-forms.ts';
import { plainLines } from '../values/characters.ts';
import { reasonsClosed, reasonTwice, reasonUnfit, settingsChanged } from './errors.ts';
import { noteSetting } from './history.ts';
import { unitOf } from './unit-settings.ts';

/** What the list of them is: its unit, service and verb. */
export interface ReasonList {
  unit: string;
  kind: string;
  verb: ReasonVerb;
}

/**
 * `seen` is the version that the actor saw; 0 when there were none.
 * @throws not-signed-in, not-allowed, not-found, settings-changed, reasons-closed, reason-unfit, reason-twice
 */
export function changeReasons(
  ctx: Ctx,
  { unit: unitId, kind, verb }: ReasonList,
  seen: number,
  wanted: readonly string[],
): Promise<{ version: number }> {
  return once(ctx, async (tx) => {
    const inside: Ctx = { ...tx, actor: await freshActor(tx) };
    ensureCan(inside.actor, 'settings.write', { unitPath: unitOf(inside, unitId).path });
    if (!takesReasons(serviceOf(kind), verb)) throw reasonsClosed();
    const after = fit(wanted);
    const isIt = and(eq(usualReasons.unitId, unitId), eq(usualReasons.kind, kind), eq(usualReasons.verb, verb));
    // The row is there before it is locked: of two who write the first reasons, one waits.
    await inside.db.insert(usualReasons).values({ unitId, kind, verb, reasons: [], version: 0 }).onConflictDoNothing();
    const [row] = await inside.db.select().from(usualReasons).where(isIt).for('update');
    if (!row || row.version !== seen) throw settingsChanged(row?.version ?? 0);
    if (isDeepStrictEqual(row.reasons, after)) return { version: seen };
    await inside.db
      .update(usualReasons)
      .set({ reasons: after, version: seen + 1 })
      .where(isIt);
    const about = `${kind} ${verb}`;
    await noteSetting(inside, { unitId, what: 'reasons', about, before: row.reasons, after });
    return { version: seen + 1 };
  });
}

/** They are read in chats and text messages: no numbers and addresses, which a phone makes links of. */
function fit(wanted: readonly string[]): string[] {
  const lines = wanted.map((line) => plainLines(line).replaceAll(/\s+/g, ' ')).filter(Boolean);
  const unfit = lines.find((line) => quote(line) === null);
  if (unfit !== undefined) throw reasonUnfit(unfit);
  if (new Set(lines).size < lines.length) throw reasonTwice();
  return lines;
}
