import { expect, test } from 'vitest';
import { doesOwnTapCount, type Phones } from '../../../api/access/own-tap.ts';

const base: Phones = {
  alive: true,
  registered: 'mother',
  own: [{ accountId: 'M', phones: ['mother'] }],
  asker: { accountId: 'D', phones: ['daughter'] },
};

test.each<[string, Partial<Phones>, boolean]>([
  ['a mother with a phone of her own', {}, true],
  ['a mother in a chat, without any phone', { own: [{ accountId: 'M', phones: [] }] }, true],
  ['a mother with a landline in the registry', { registered: 'landline' }, true],
  ['a mother whom the registry has no number of', { registered: null }, true],
  ['a mother with two phones', { own: [{ accountId: 'M', phones: ['mother', 'old'] }] }, true],
  ['an asker with a chat and no phone', { asker: { accountId: 'D', phones: [] } }, true],
  ['nobody bound to the record', { own: [] }, false],
  ['the dead, whoever holds their phone', { alive: false }, false],
  ['a mother whose registered number is the daughter’s', { registered: 'daughter' }, false],
  [
    'one of several phones of the asker',
    { registered: 'work', asker: { accountId: 'D', phones: ['daughter', 'work'] } },
    false,
  ],
  ['a record bound to the asker’s account', { own: [{ accountId: 'D', phones: ['daughter'] }] }, false],
  [
    'a second account of the retiree that is the asker’s',
    { own: [...base.own, { accountId: 'D', phones: [] }] },
    false,
  ],
  ['an account that shares a number with the asker', { own: [{ accountId: 'M', phones: ['daughter'] }] }, false],
  ['an asker without an account', { asker: { accountId: null, phones: [] } }, false],
])('of %s', (_who, change, counts) => {
  expect(doesOwnTapCount({ ...base, ...change })).toBe(counts);
});
