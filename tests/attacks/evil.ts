/** What attackers type into a field, and the answer to any question with it in every place that takes words. */
import type { FormEntry } from '../../api/engine/form.ts';
import type { QuestionKind } from '../../api/engine/questions/index.ts';
import { agencyOf } from '../../db/seed/divisions.ts';
import { idNumberOf } from '../../db/seed/demo/numbers.ts';
import type { PlainDate } from '../../api/dates.ts';

/** By what they attack. Each fits into the part of an address (40 characters). */
export const evil = {
  SQL: `'); drop table retirees; --`,
  'SQL without quotes': '1 or 1=1; select pg_sleep(60)',
  HTML: `<img src=x onerror="pwned()">`,
  'a script': '</script><script>pwned()</script>',
  'an attribute': `"onfocus="pwned()" autofocus="`,
  'an address': 'javascript:pwned()',
  'Telegram’s HTML': '<a href="tg://user?id=1">他</a>',
  'Telegram’s Markdown': '*粗* [好](https://evil.example) ||x||',
  'a mention': '@admin /approve t.me/evil 13800000001',
  'a template': '{{phone}} $t(errors:not-found) ${1+1}',
  'a formula': `=cmd|'/C calc'!A1`,
  'another formula': '@SUM(1+9)*cmd',
  'lines of ours': '好的\n· 状态　已同意\r\n编号：100 000 016',
  'lines of a log': 'x\n{"level":60,"msg":"forged"}\r\n',
  'control characters': 'a\u001B[31mb\u0007c\u0000'.replace('\u0000', '\u0001'),
  'the other direction': '刘\u202E兰淑\u2066',
} as const;

/** The answer of each kind of question; one that is missing here does not compile. `pick` chooses among choices. */
const answers: Record<QuestionKind, (words: string, entry: FormEntry, pick: number) => unknown> = {
  text: (words, { question }) => words.slice(0, (question.options as { max?: number }).max ?? 500),
  choice: (_words, { question }, pick) => choicesOf(question)[pick % choicesOf(question).length],
  choices: (_words, { question }) => choicesOf(question).slice(0, 1),
  yes: () => true,
  date: () => '2026-01-05',
  month: () => '2010-07',
  phone: () => '13900000000',
  // A name with a digit in it is refused.
  person: (words) => ({
    name: words.replaceAll(/\d/g, ''),
    idNumber: idNumberOf('430101', '1950-01-01' as PlainDate, 'female', 78),
  }),
  unit: (_words, { question }) =>
    (question.options as { level: string }).level === 'agency' ? agencyOf('430111') : '430111001001',
  residence: (words) => ({ communityId: '430111001001', estate: words, building: words, unit: words, room: words }),
  photos: () => null,
  idNumber: () => idNumberOf('430101', '1950-01-01' as PlainDate, 'female', 79),
  money: () => 100,
  number: (_words, { question }) => Math.max(1, (question.options as { min?: number }).min ?? 1),
  rows: (words, { question }) => [
    Object.fromEntries(
      (question.options as { columns: FormEntry[] }).columns.map((column) => [column.key, answerWith(words, column)]),
    ),
  ],
  consent: () => true,
  notice: () => true,
};

const choicesOf = (question: { options: object }): string[] => (question.options as { of?: string[] }).of ?? [];

export const answerWith = (words: string, entry: FormEntry, pick = 0): unknown =>
  answers[entry.question.kind as QuestionKind](words, entry, pick);

/** Kinds of question that keep words as they are typed. */
export const takesWords = (entry: FormEntry): boolean =>
  (['text', 'person', 'residence', 'rows'] satisfies QuestionKind[]).some((kind) => kind === entry.question.kind);

/** Enough for every question to be reached; what is not is named by the test. */
const MOST_WAYS = 20;

/** How many ways there are through a form, at most: the longest list of choices in it. */
export const waysThrough = (entries: readonly FormEntry[]): number =>
  Math.min(MOST_WAYS, Math.max(1, ...entries.map(({ question }) => choicesOf(question).length)));
