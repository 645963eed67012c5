/**
 * 问一问 (第十一条（四）, 第二十四条（二）): somebody asks in their own words, and is led to the article, the notice, the answer and the service,
 * the best first, each with the sentence that answers. Nothing good enough: then the community is asked.
 */
import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { readersOf, type Reader } from '../notices/readers.ts';
import { find } from './find.ts';
import { hit, showHits } from './show-hits.ts';

export const asking = z.object({
  /** What was asked. */
  words: z.string(),
  /** The best first; empty when nothing is good enough. */
  hits: z.array(hit),
});
export type Asking = z.infer<typeof asking>;

/** Less of what was asked than this is chance. */
const GOOD_ENOUGH = 0.17;
/** What is so much weaker than the best only distracts. */
const NEAR_THE_BEST = 0.35;
const MOST_HITS = 5;

/** What answers a question, for whoever asks. */
export async function ask(ctx: Ctx, words: string): Promise<Asking> {
  const readers = await readersOf(ctx, ctx.actor);
  const { found, worth } = await find(ctx.db, words, unitsOf(ctx, readers));
  const best = found[0]?.score ?? 0;
  const near = found.filter(({ score }) => score >= GOOD_ENOUGH && score >= best * NEAR_THE_BEST);
  const hits = await showHits(ctx, readers, near, worth);
  return { words, hits: hits.slice(0, MOST_HITS) };
}

/** Whose notices and answers are for the asker: their units and those above; for a guest the city's. */
function unitsOf({ city }: Ctx, readers: readonly Reader[]): string[] {
  if (readers.length === 0) return city.units.children(null, 'city').map(({ id }) => id);
  return [...new Set(readers.flatMap(({ unitIds }) => unitIds))];
}
