import { describe, expect, it } from 'vitest';
import { allUnits } from '../../../db/seed/divisions.ts';
import { withPaths } from '../../../db/seed/load-units.ts';

describe('the path of a unit', () => {
  const rows = withPaths(allUnits());
  const pathOf = (id: string) => rows.find((row) => row.id === id)?.path;

  it('holds the ids from the city down', () => {
    expect(['4301', 'A4301', 'A430102', '430102001001'].map(pathOf)).toEqual([
      '4301',
      '4301.A4301',
      '4301.430102.A430102',
      '4301.430102.430102001.430102001001',
    ]);
  });

  it('begins with the path of its parent, so that a subtree is a prefix', () => {
    const paths = new Map(rows.map(({ id, path }) => [id, path]));
    for (const { id, parentId, path } of rows) {
      expect(path).toBe(parentId ? `${paths.get(parentId)}.${id}` : id);
    }
  });
});
