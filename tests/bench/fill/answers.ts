/** The answers of an invented case: as the draft saved them, and as the case keeps them, in the words of the services. */
import { showAddress } from '../../../api/values/address.ts';
import { maskPhone } from '../../../api/values/phone.ts';
import type { Phone } from '../../../api/values/phone.ts';
import { allUnits } from '../../../db/seed/divisions.ts';
import { say } from '../../../locales/index.ts';
import type { AskedAnswer, SavedAnswer } from '../../../db/schema/engine.ts';
import type { Known } from './crowd.ts';
import type { Kind } from './lives.ts';

const units = new Map(allUnits().map((unit) => [unit.id, unit]));

/** District, street and community. */
function fullName(id: string): string {
  const unit = units.get(id);
  if (!unit || unit.level === 'city') return '';
  return `${fullName(unit.parentId ?? '')} ${unit.name}`.trim();
}

const labels = new Map<string, string>();
function label(kind: Kind, key: string): string {
  const name = `services/${kind}:ask.${key}.label`;
  const known = labels.get(name) ?? say('zh-CN', name);
  labels.set(name, known);
  return known;
}

/** What somebody answered, in the order of the service's questions. */
export function inventAnswers(kind: Kind, who: Known, at: number, since: string): AskedAnswer[] {
  const phone = who.phone ?? ('13000000000' as Phone);
  const answer = (key: string, value: unknown, shown: string) => ({ key, question: label(kind, key), shown, value });
  if (kind === 'call-back') return [answer('phone', phone, maskPhone(phone))];
  const place = { estate: '东方新城', building: String((at % 20) + 1), unit: '2', room: String(100 + (at % 800)) };
  const home = { communityId: who.communityId, ...place };
  const lives = answer('home', home, `${fullName(who.communityId)} ${showAddress(place)}`);
  const moved = answer('since', since, since);
  if (kind === 'address-change')
    return [lives, moved, answer('phone', phone, maskPhone(phone)), answer('proof', null, '跳过')];
  return [
    answer('to', 'city', '长沙市内'),
    lives,
    moved,
    answer('reason', 'purchase', '买了新房'),
    answer('proof', null, '跳过'),
    answer('handOver', true, '知道了'),
  ];
}

/** The same as the draft holds them. */
export function asDraft(answers: readonly AskedAnswer[]): Record<string, SavedAnswer> {
  return Object.fromEntries(answers.map(({ key, value }, at) => [key, { value, revision: at + 1 }]));
}
