import type { FormEntry } from '../form.ts';
import { complain, read, type Question, type QuestionType } from '../question.ts';

export interface RowOptions {
  columns: readonly FormEntry[];
  max?: number;
}

export type Row = Record<string, unknown>;

/** The most rows one list may have; a longer list is sent in parts. */
const MOST_ROWS = 5000;

/** A list: the same few questions once a row, uploaded as a spreadsheet. Never in chat. */
type TypeOf = (question: Question<unknown>) => QuestionType<object, unknown, unknown>;

/** A list: the same few questions once a row, uploaded as a spreadsheet. Never in chat. `typeOf` finds a column's type. */
export const rowsOf = (typeOf: TypeOf): QuestionType<RowOptions, Row[]> => ({
  chat: 'page-only',
  read(raw, { columns, max = MOST_ROWS }, room) {
    if (!Array.isArray(raw) || raw.length === 0) return complain('no-rows');
    if (raw.length > max) return complain('too-many-rows', { max });
    const list: Row[] = [];
    for (const [index, given] of raw.entries()) {
      const row: Row = {};
      for (const { key, question } of columns) {
        const reading = typeOf(question).read((given as Row | null)?.[key], question.options, room);
        if (!reading.ok) {
          const { code, params } = reading.complaint;
          return complain(code, { ...params, row: index + 1, column: key });
        }
        row[key] = reading.value;
      }
      list.push(row);
    }
    return read(list);
  },
  load: (stored, room, { columns }) =>
    stored.map((row) =>
      Object.fromEntries(
        columns.map(({ key, question }) => [key, typeOf(question).load(row[key], room, question.options)]),
      ),
    ),
  show: (stored, say) => say('engine:answers.rows', { count: stored.length }),
  schema: ({ columns, max = MOST_ROWS }) => ({
    type: 'array',
    maxItems: max,
    items: {
      type: 'object',
      required: columns.map((column) => column.key),
      properties: Object.fromEntries(
        columns.map(({ key, question }) => [key, typeOf(question).schema(question.options)]),
      ),
    },
  }),
});
