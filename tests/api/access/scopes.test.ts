/** What each scope of a family link allows, and what is asked of a retiree: every case of it as a table. */
import { describe, expect, test } from 'vitest';
import type { LinkScope, Relation } from '../../../db/schema/access.ts';
import { isActingFor, type Person } from '../../../api/access/actor.ts';
import { isLess } from '../../../api/families/narrow-link.ts';
import { can, type Action } from '../../../api/access/can.ts';
import type { CaseFacts } from '../../../api/access/facts.ts';

const MOTHER = 'mother';
const CARE = '4301.430102.430102001.430102001001';

const person = (accountId: string, links: Person['links'] = [], posts: Person['posts'] = []): Person => ({
  is: 'person',
  accountId,
  name: null,
  links,
  posts,
  secondFactor: null,
  door: null,
});
const linked = (relation: Relation, scope: LinkScope) =>
  person(`${relation}-${scope}`, [{ retireeId: MOTHER, relation, scope }]);
const clerkAt = (path: string) => {
  const unitId = path.split('.').at(-1) ?? '';
  return person(`clerk-${unitId}`, [], [{ unitId, path, level: 'community', role: 'clerk' }]);
};

const retiree = { retireeId: MOTHER, carePath: CARE };
const ordinary: CaseFacts = {
  subjectId: MOTHER,
  applicantId: null,
  unitId: '430111001001',
  unitPath: '4301.430111.430111001.430111001001',
  asked: null,
  led: null,
  joined: false,
  discreet: false,
};

const self = linked('self', 'everything');
const looks = linked('child', 'look');
const applies = linked('child', 'apply');
const does = linked('child', 'everything');
const stranger = person('stranger');

describe('for a retiree', () => {
  test.each<[Action, boolean, boolean, boolean, boolean, boolean]>([
    //                      self  look   apply  everything stranger
    ['retiree.read', true, true, true, true, false],
    ['retiree.apply', true, false, true, true, false],
    ['retiree.manage', true, false, false, true, false],
    ['retiree.bind', false, false, false, false, false],
    ['case.read', true, true, true, true, false],
    ['case.follow', true, true, true, true, false],
    ['case.answer-for', true, false, true, true, false],
    ['case.agree', false, false, false, false, false],
    ['case.refuse', false, false, false, false, false],
  ])('%s: the retiree %s, who may look %s, apply %s, do everything %s, a stranger %s', (action, ...may) => {
    const subject = action.startsWith('case') ? ordinary : retiree;
    const asked = [self, looks, applies, does, stranger].map((one) => can(one, action, subject as never));
    expect(asked).toEqual(may);
  });

  test('what a relative does, they do for somebody else', () => {
    expect([self, looks, does, stranger].map((one) => isActingFor(one, MOTHER))).toEqual([false, true, true, false]);
  });
});

describe('what somebody asks of a retiree', () => {
  const asker = person('asker');
  const clerk = clerkAt(CARE);
  const askingClerk = person('asker', [], clerk.posts);
  const asking: CaseFacts = {
    ...ordinary,
    unitId: '430102001001',
    unitPath: CARE,
    applicantId: 'asker',
    asked: { by: 'asker', ownTapCounts: true },
  };
  const ownPhone = { ...asking, asked: { by: 'asker', ownTapCounts: false } };
  const selfAsking = person('asker', [{ retireeId: MOTHER, relation: 'self', scope: 'everything' }]);

  test.each<[Action, boolean, boolean, boolean, boolean, boolean]>([
    //                      retiree asker relative who may everything, clerk, clerk who asks
    ['case.read', true, false, false, true, true],
    ['case.follow', true, true, false, true, true],
    ['case.answer-for', false, true, false, false, true],
    ['case.agree', true, false, false, false, false],
    ['case.refuse', true, false, false, false, false],
    ['case.staff', false, false, false, true, false],
  ])('%s: the retiree %s, the asker %s, another relative %s, the clerk %s, a clerk who asks %s', (action, ...may) => {
    expect([self, asker, does, clerk, askingClerk].map((one) => can(one, action, asking as never))).toEqual(may);
  });

  test('is decided by no clerk who asks it', () => {
    const decide = (one: Person) => can(one, 'case.decide', { ...asking, role: 'clerk' });
    expect([clerk, askingClerk, asker, self].map(decide)).toEqual([true, false, false, false]);
  });

  test('is agreed to by nobody on the asker’s phone; a no counts on any', () => {
    expect(can(self, 'case.agree', ownPhone)).toBe(false);
    expect(can(self, 'case.refuse', ownPhone)).toBe(true);
    expect(can(selfAsking, 'case.agree', asking)).toBe(false);
    expect(can(selfAsking, 'case.refuse', asking)).toBe(false);
  });

  test('is not there for a request about nobody', () => {
    const unknown = { ...asking, subjectId: null };
    expect([self, does].map((one) => can(one, 'case.follow', unknown))).toEqual([false, false]);
    expect(can(asker, 'case.follow', unknown)).toBe(true);
  });
});

describe('a link', () => {
  const held = { retireeId: MOTHER, carePath: CARE, accountId: does.accountId, own: false };
  const ownPhone = { ...held, accountId: 'other-phone', own: true };
  const clerk = clerkAt(CARE);
  const elsewhere = clerkAt('4301.430111.430111001.430111001001');
  const street = clerkAt('4301.430102.430102001');

  test('is ended by whoever holds it, the retiree, and staff in whose care they are', () => {
    const may = [does, self, clerk, street, elsewhere, looks, stranger].map((one) => can(one, 'link.end', held));
    expect(may).toEqual([true, true, true, true, false, false, false]);
  });

  test('to one’s own record is ended from another phone of one’s own or by staff, never by itself', () => {
    const mine = { ...ownPhone, accountId: self.accountId };
    expect([self, clerk, does].map((one) => can(one, 'link.end', ownPhone))).toEqual([true, true, false]);
    expect(can(self, 'link.end', mine)).toBe(false);
  });

  test('is narrowed by the retiree alone', () => {
    const may = [self, does, clerk, stranger].map((one) => can(one, 'link.narrow', held));
    expect(may).toEqual([true, false, false, false]);
    expect(can(self, 'link.narrow', ownPhone)).toBe(false);
  });
});

test.each<[LinkScope, LinkScope, boolean]>([
  ['look', 'apply', true],
  ['look', 'everything', true],
  ['apply', 'everything', true],
  ['look', 'look', false],
  ['apply', 'look', false],
  ['everything', 'apply', false],
])('%s is less than %s: %s', (wanted, held, less) => {
  expect(isLess(wanted, held)).toBe(less);
});

test('whoever joined a report follows it and does nothing', () => {
  const joined = { ...ordinary, joined: true };
  const may = (['case.read', 'case.follow', 'case.answer-for', 'case.staff'] as const).map((action) =>
    can(stranger, action, joined),
  );
  expect(may).toEqual([false, true, false, false]);
});
