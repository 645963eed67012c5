/** Which service somebody means who says in their own words what they want: 「我搬家了」, 「电话换了」. */
import type { ServiceLine } from '../../api/engine/guide.ts';
import { locales, say, sayAll } from '../../locales/index.ts';
import { plainWords } from './words.ts';

/** The service whose title or words are in what was typed; the longest words win, and between two equals none does. */
export function serviceMeant(services: readonly ServiceLine[], typed: string): ServiceLine | null {
  const said = plainWords(typed);
  const found = services
    .map((service) => ({ service, length: longestIn(said, namesOf(service)) }))
    .filter(({ length }) => length > 0)
    .toSorted((one, other) => other.length - one.length);
  const [best, next] = found;
  return best && best.length !== next?.length ? best.service : null;
}

/** In every language: people write traditional characters whatever they read. */
const namesOf = ({ kind }: ServiceLine): string[] =>
  locales.flatMap((locale) => [say(locale, `services/${kind}:title`), ...sayAll(locale, `services/${kind}:words`)]);

const longestIn = (said: string, names: string[]): number =>
  Math.max(0, ...names.map(plainWords).map((name) => (name !== '' && said.includes(name) ? name.length : 0)));
