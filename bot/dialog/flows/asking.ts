/** What somebody asks in their own words is answered; what nothing answers can be put to the community as it was said. */
import { answers, isQuestion } from '../asking.ts';
import type { Message } from '../message.ts';
import { plainWords } from '../words.ts';
import { guideFor } from './drafting.ts';
import { take, type Talk } from './talk.ts';

/** The longest that the API takes. */
const LONGEST = 500;
/** A word or two (同意, 在吗) is said to somebody, and asks for nothing. */
const SHORTEST = 4;

/** A service that is wanted, or what answers a question; null when it is neither. */
export async function understand(talk: Talk, typed: string): Promise<Message | null> {
  const question = isQuestion(typed);
  const wanted = question ? null : await guideFor(talk, typed);
  if (wanted) return wanted;
  if (plainWords(typed).length < SHORTEST) return null;
  const found = await take(talk.api.api.ask.$get({ query: { q: typed.slice(0, LONGEST) } }));
  if (found.hits.length === 0 && !question) return null;
  talk.memory.asked = typed.slice(0, LONGEST);
  return answers(talk.locale, found, talk.baseUrl);
}
