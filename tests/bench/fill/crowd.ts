/**
 * A million invented retirees, the same every time, in all communities of the city. Made one after the other; what later steps
 * need of somebody (community, name, home) is kept in a compact form.
 */
import { allUnits } from '../../../db/seed/divisions.ts';
import { inventRetiree } from '../../../db/seed/demo/people.ts';
import { insuredAt } from '../../../db/seed/demo/places.ts';
import { chanceFrom, type Chance } from '../../../db/seed/demo/prng.ts';
import { idNumberOf, type Numbers } from '../../../db/seed/demo/numbers.ts';
import type { RetireeFacts } from '../../../api/registry/import/retiree-rows.ts';
import type { IdNumber } from '../../../api/values/id-number.ts';
import type { PlainMonth } from '../../../api/values/plain-month.ts';
import type { Phone } from '../../../api/values/phone.ts';
import { numberedId } from './ids.ts';

const SEED = 2024;
const AS_OF = '2026-10' as PlainMonth;
/** Every tenth retiree uses chat or pages; the others are helped by relatives or at the counter. */
const USES_ACCOUNT = 10;

const communityIds = allUnits()
  .filter((unit) => unit.level === 'community')
  .map((unit) => unit.id);

/** What is remembered of a retiree. */
export interface Known {
  id: string;
  name: string;
  communityId: string;
  phone: Phone | null;
  accountId: string | null;
}

export interface Somebody extends Known {
  at: number;
  facts: RetireeFacts;
}

const retireeId = (at: number) => numberedId('retiree', at);
const usesAccount = (at: number) => at % USES_ACCOUNT === 0;

/** Everybody in order. The largest communities have about ten times as many as the smallest. */
export function* crowd(count: number): Generator<Somebody> {
  const chance = chanceFrom(SEED);
  const numbers = unlimitedNumbers(chance);
  for (let at = 0; at < count; at += 1) {
    const spread = chance.happens(0.5) ? chance.next() : chance.next() * chance.next();
    const communityId = communityIds[Math.floor(spread * communityIds.length)] ?? '';
    const invented = inventRetiree(chance, numbers, at, AS_OF);
    const facts = { ...invented, communityId, insuredAt: insuredAt(invented.employerKind ?? 'municipal', communityId) };
    const accountId = usesAccount(at) ? numberedId('account', at) : null;
    yield { at, id: retireeId(at), name: facts.name, communityId, phone: facts.phone, accountId, facts };
  }
}

/** The demo's numbers run out after 220,000 phones; here a phone may be shared, an identity number may not. */
function unlimitedNumbers(chance: Chance): Numbers {
  const given = new Set<string>();
  const prefixes = '130 131 132 133 135 136 137 139 150 151 155 158 159 173 177 180 181 186 187 188 189 199'.split(' ');
  const regions = Array.from({ length: 60 }, (_, at) => `43${String(at + 10)}01`);
  return {
    idNumber(born, sex): IdNumber {
      for (;;) {
        const number = idNumberOf(chance.pick(regions), born, sex, chance.between(0, 499));
        if (given.has(number)) continue;
        given.add(number);
        return number;
      }
    },
    mobile: () => `${chance.pick(prefixes)}0000${String(chance.between(0, 9999)).padStart(4, '0')}` as Phone,
    landline: () => `0731-8${chance.between(2, 9)}00${String(chance.between(0, 9999)).padStart(4, '0')}` as Phone,
  };
}
