/** How well something answers. Pure: BM25 over fields, and which sentence of a text says it. */

/** How fast a word that is said again stops counting, and how much a long text is held against its words. */
const SATURATION = 1.2;
const LENGTH = 0.5;
/** Terms of an entry as long as most. */
const USUAL_LENGTH = 60;

/** Each term of an entry with its weight, 0 to 1. */
export function weigh(fields: readonly { terms: readonly string[]; boost: number }[]): [string, number][] {
  const counts = new Map<string, number>();
  let length = 0;
  for (const { terms, boost } of fields) {
    length += terms.length;
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + boost);
  }
  const drag = SATURATION * (1 - LENGTH + (LENGTH * length) / USUAL_LENGTH);
  return [...counts].map(([term, count]) => [term, count / (count + drag)]);
}

/** How much a term tells, by how many of all entries have it. */
export const tells = (having: number, all: number): number => Math.log(1 + (all - having + 0.5) / (having + 0.5));

/** A text cut behind its sentences; nothing of it is lost. */
const sentencesOf = (text: string): string[] =>
  text.match(/[^。！？；!?;\n]+[。！？；!?;”」』）]*|[。！？；!?;\n]+/g)?.filter((one) => one.trim() !== '') ?? [];

/**
 * The sentence that says most of what was asked; the first of several. `terms` gives a sentence's terms, `worth` what each asked one
 * tells. Null when none says anything of it.
 */
export function bestSentence(
  text: string,
  terms: (sentence: string) => readonly string[],
  worth: ReadonlyMap<string, number>,
): { sentence: string; score: number } | null {
  let best: { sentence: string; score: number } | null = null;
  for (const sentence of sentencesOf(text)) {
    const score = [...new Set(terms(sentence))].reduce((sum, term) => sum + (worth.get(term) ?? 0), 0);
    if (score > (best?.score ?? 0)) best = { sentence: sentence.trim(), score };
  }
  return best;
}
