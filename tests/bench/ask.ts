/** Questions as people say them, each with what answers it (`ask.jsonl`): written before the ranking was tuned, a third held out of tuning. */
import { readFileSync } from 'node:fs';

export interface Question {
  ask: string;
  /** Articles of the regulation and services, any of which is right. */
  right: string[];
  /** Never looked at while the ranking was tuned. */
  held: boolean;
}

export const questions: Question[] = readFileSync(new URL('ask.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Question);

/** How many of the questions have a right answer among their first three. */
export async function recallAt3(
  asked: readonly Question[],
  ask: (words: string) => Promise<string[]>,
): Promise<{ recall: number; missed: { ask: string; right: string[]; found: string[] }[] }> {
  const results = await Promise.all(asked.map(async (one) => ({ ...one, found: (await ask(one.ask)).slice(0, 3) })));
  const missed = results.filter(({ right, found }) => !found.some((ref) => right.includes(ref)));
  return { recall: 1 - missed.length / asked.length, missed };
}
