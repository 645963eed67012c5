import { expect, test } from 'vitest';
import { insuringAgency, managingLevel } from '../../../api/registry/insuring-agency.ts';
import { unitTree } from '../../../api/registry/unit-tree.ts';
import { allUnits } from '../../../db/seed/divisions.ts';
import { withPaths } from '../../../db/seed/load-units.ts';

const rows = withPaths(allUnits());
const units = unitTree(rows.map(({ parentId = null, ...unit }) => ({ ...unit, parentId, phone: null, hours: null })));
const community = units.get('430102001001');

test.each([
  ['central', 'A4301', 'city'],
  ['provincial', 'A4301', 'city'],
  ['municipal', 'A4301', 'city'],
  ['district', 'A430102', 'district'],
  ['self-employed', 'A430102', 'district'],
] as const)('a retiree of a %s employer is insured with %s and managed by the %s', (kind, agency, level) => {
  const found = insuringAgency(units, kind, community);
  expect([found.id, managingLevel(units, found)]).toEqual([agency, level]);
});

test('who lives elsewhere and says nothing is asked after at the city’s', () => {
  expect(insuringAgency(units, 'self-employed', null).id).toBe('A4301');
});
