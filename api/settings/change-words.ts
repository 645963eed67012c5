/** Words a message of a service anew, or takes the city's words back. Every process reads them anew (NOTIFY). */
import { and, eq } from 'drizzle-orm';
import { messageWords } from '../../db/schema/settings.ts';
import { ensureCan } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { plainLines } from '../values/characters.ts';
import { settingsChanged } from './errors.ts';
import { noteSetting } from './history.ts';
import { ensureFit, type WordsOf } from './read-words.ts';

/**
 * `wanted` null: the words of the house again. `seen` is the version that the actor saw; 0 when there were none.
 * @throws not-signed-in, not-allowed, not-found, settings-changed, words-missing and its kind
 */
export function changeWords(ctx: Ctx, of: WordsOf, seen: number, wanted: string | null): Promise<{ version: number }> {
  return once(ctx, async (tx) => {
    const inside: Ctx = { ...tx, actor: await freshActor(tx) };
    ensureCan(inside.actor, 'words.write', null);
    const after = wanted === null ? '' : plainLines(wanted);
    if (wanted !== null) ensureFit(of, after);
    const isIt = and(
      eq(messageWords.kind, of.kind),
      eq(messageWords.template, of.template),
      eq(messageWords.locale, of.locale),
    );
    // The row is there before it is locked: of two who write the first words, one waits.
    await inside.db
      .insert(messageWords)
      .values({ ...of, words: '', version: 0 })
      .onConflictDoNothing();
    const [row] = await inside.db.select().from(messageWords).where(isIt).for('update');
    if (!row || row.version !== seen) throw settingsChanged(row?.version ?? 0);
    if (row.words === after) return { version: seen };
    await inside.db
      .update(messageWords)
      .set({ words: after, version: seen + 1 })
      .where(isIt);
    const [city] = inside.city.units.children(null, 'city');
    if (!city) throw notFound();
    const about = `${of.kind} ${of.template} ${of.locale}`;
    const lines = (text: string) => (text === '' ? [] : [text]);
    await noteSetting(inside, {
      unitId: city.id,
      what: 'words',
      about,
      before: lines(row.words),
      after: lines(after),
    });
    return { version: seen + 1 };
  });
}
