import type { UnitLevel } from '../../../db/schema/registry.ts';
import type { Unit } from '../../ports.ts';
import { complain, read, type QuestionType } from '../question.ts';

export interface UnitOptions {
  level: UnitLevel;
}

/** An office of the city, by its id. People find it by name or pinyin. */
export const unit: QuestionType<UnitOptions, string, Unit> = {
  chat: 'ask',
  read(raw, { level }, { units }) {
    const found = typeof raw === 'string' ? units.get(raw) : null;
    return found?.level === level ? read(found.id) : complain('no-such-unit');
  },
  load: (stored, { units }) => existing(units.get(stored), stored),
  show: (stored, _say, { units }) => units.fullName(existing(units.get(stored), stored)),
  schema: ({ level }) => ({ type: 'string', description: `id of a ${level}` }),
};

/** A unit that an accepted answer names is never deleted, only closed; missing means a broken database. */
export function existing(found: Unit | null, id: string): Unit {
  if (!found) throw new Error(`There is no unit ${id}.`);
  return found;
}
