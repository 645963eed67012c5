import { maskIdNumber, parseIdNumber, type IdNumber } from '../../values/id-number.ts';
import { normaliseName } from '../../values/person-name.ts';
import { complain, read, type QuestionType } from '../question.ts';

/** An identity number. Never in chat; masked wherever it is shown. */
export const idNumber: QuestionType<object, IdNumber> = {
  chat: 'page-only',
  read(raw) {
    if (typeof raw !== 'string') return complain('id.wrong-length');
    const parsed = parseIdNumber(raw);
    return parsed.ok ? read(parsed.value) : complain(`id.${parsed.code}`);
  },
  load: (stored) => stored,
  show: (stored) => maskIdNumber(stored),
  schema: () => ({ type: 'string', minLength: 18, maxLength: 40 }),
};

/** Somebody named for the office: name and identity number together. */
export interface NamedPerson {
  name: string;
  idNumber: IdNumber;
}

const LONGEST_NAME = 50;

export const person: QuestionType<object, NamedPerson> = {
  chat: 'page-only',
  read(raw, options, room) {
    const given = (raw && typeof raw === 'object' ? raw : {}) as Record<string, unknown>;
    const name = typeof given['name'] === 'string' ? normaliseName(given['name']) : '';
    if (!name) return complain('no-name', { part: 'name' });
    // A number in the wrong field would be kept, and shown, as a name.
    if ([...name].length > LONGEST_NAME || /\d/.test(name)) return complain('not-a-name', { part: 'name' });
    const number = idNumber.read(given['idNumber'], options, room);
    if (number.ok) return read({ name, idNumber: number.value });
    return complain(number.complaint.code, { part: 'idNumber' });
  },
  load: (stored) => stored,
  show: (stored) => `${stored.name} ${maskIdNumber(stored.idNumber)}`,
  schema: () => ({
    type: 'object',
    required: ['name', 'idNumber'],
    properties: { name: { type: 'string' }, idNumber: { type: 'string' } },
  }),
};
