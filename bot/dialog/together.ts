/** Several alike decided at once in chat: what each is and which cannot be, one button, and then what became of each. */
import type { ListedCase } from '../../api/engine/cases/list.ts';
import type { Previewed, TogetherPreview, TogetherResults } from '../../api/engine/cases/together.ts';
import { say, type Locale } from '../../locales/index.ts';
import { caseButton } from './cases.ts';
import { sayDay } from './days.ts';
import { headingOf } from './heading.ts';
import { lines, message, paired, paragraphs, type Button, type Message } from './message.ts';
import { aside, goTo } from './navigation.ts';
import { isPacked, MOST_SEEN, tap, type Seen } from './taps.ts';
import { told, type Tellable } from './telling.ts';

/** A button for each kind and step of the list that waits more than once: 「搬到别的社区：3 件一起办」. */
export function togetherButtons(locale: Locale, cases: readonly ListedCase[]): Button[] {
  const alike = Map.groupBy(
    cases.filter((line) => line.together && isPacked(line)),
    ({ title, waiting }) => `${title} ${waiting}`,
  );
  return [...alike.values()]
    .filter((some) => some.length > 1)
    .map((some) => {
      const shown = some.slice(0, MOST_SEEN);
      const text = say(locale, 'chat:together.start', { title: some[0]?.title ?? '', count: shown.length });
      return { text, data: tap('together', { cases: shown.map(seen) }) };
    });
}

const seen = ({ number, version }: Seen): Seen => ({ number, version });

/** What one confirming tap would do to each, as they stand now. */
export function togetherPreview(locale: Locale, { label, leadsTo, cases }: TogetherPreview, may: Tellable): Message {
  const lineOf = ({ why, line }: Previewed) => (why === null && line && isPacked(line) ? [line] : []);
  const doable = cases.flatMap(lineOf);
  const others = cases.filter((one) => lineOf(one).length === 0);
  const count = doable.length;
  const text = paragraphs(
    label === null ? say(locale, 'staff:pending.together.none') : say(locale, 'staff:pending.together.title'),
    leadsTo && say(locale, 'staff:pending.together.leads', { count, state: leadsTo }),
    ...cases.filter((one) => !others.includes(one)).map((one, at) => previewed(locale, one, at + 1, may)),
    others.length > 0 && lines(say(locale, 'staff:pending.together.not'), ...others.map((one) => leftOut(locale, one))),
  );
  const go = label !== null && {
    text: say(locale, 'staff:pending.together.go', { label, count }),
    data: tap('decide', { cases: doable.map(seen) }),
  };
  return message(text, [go], ...paired(cases.flatMap((one) => look(locale, one))), [
    goTo(locale, 'pending'),
    goTo(locale, 'human'),
  ]);
}

/** Whom it is about, its number, by when, and what may be said of the answers; what may not is on the page. */
function previewed(locale: Locale, { line, answers }: Previewed, at: number, may: Tellable): string {
  if (!line) return '';
  const facts = answers
    .filter(({ key }) => may.has(key))
    .map(({ key, question, shown }) => `　${question}　${told(locale, may, key, shown)}`);
  const due =
    line.due && say(locale, line.overdue ? 'chat:card.late' : 'chat:card.due', { day: sayDay(locale, line.due) });
  return lines(
    `${at}. ${headingOf(locale, line)}`,
    `　${say(locale, 'chat:cases.number', { number: line.spoken })}`,
    due && `　${due}`,
    ...facts,
  );
}

const leftOut = (locale: Locale, { why, line }: Previewed): string =>
  `· ${say(locale, 'staff:pending.together.result', {
    name: line ? headingOf(locale, line) : say(locale, 'chat:together.one'),
    why: say(locale, `staff:pending.together.why.${why ?? 'alone'}`),
  })}`;

const look = (locale: Locale, { number, line }: Previewed): Button[] =>
  line ? [caseButton(say(locale, 'chat:together.look', { name: line.subject?.name ?? line.spoken }), number)] : [];

/** What became of each; what was not decided can be opened. `heads` says whom each is about, as far as the reader still sees it. */
export function togetherDone(locale: Locale, results: TogetherResults, heads: ReadonlyMap<string, string>): Message {
  const [done, failed] = [results.filter((one) => one.done), results.filter((one) => !one.done)];
  const name = (number: string) => heads.get(number) ?? say(locale, 'chat:together.one');
  const text = paragraphs(
    lines(
      say(locale, 'staff:pending.together.done', { count: done.length }),
      ...done.map(({ number }) => `✓ ${name(number)}`),
    ),
    failed.length > 0 &&
      lines(
        say(locale, 'staff:pending.together.failed', { count: failed.length }),
        ...failed.map(
          ({ number, why }) =>
            `· ${say(locale, 'staff:pending.together.result', { name: name(number), why: why ?? '' })}`,
        ),
      ),
  );
  const there = failed.filter(({ number }) => heads.has(number));
  const open = there.map(({ number }) => caseButton(say(locale, 'chat:together.look', { name: name(number) }), number));
  return message(text, ...paired(open), [goTo(locale, 'pending')], aside(locale));
}
