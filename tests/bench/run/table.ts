/** What was measured, printed as a table and kept as JSON. */

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Null: measured for its own sake. */
  target: { atLeast: number } | { atMost: number } | null;
  met: boolean | null;
}

export interface Table {
  title: string;
  figures: Figure[];
  notes: string[];
}

export function figure(name: string, value: number, unit: string, target: Figure['target'] = null): Figure {
  const met = target && ('atLeast' in target ? value >= target.atLeast : value <= target.atMost);
  return { name, value, unit, target, met };
}

/** A figure that is to be this and nothing else. */
export const exactly = (name: string, value: number, wanted: number): Figure => ({
  ...figure(name, value, '', { atMost: wanted }),
  met: value === wanted,
});

export function printTable({ title, figures, notes }: Table): void {
  console.log(`\n${title}`);
  const lines = figures.map(({ name, value, unit, target, met }) => [
    name,
    `${shown(value)} ${unit}`.trim(),
    target ? ('atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`) : '',
    met === null ? '' : met ? 'met' : 'NOT MET',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines)
    console.log(`  ${line.map((cell, column) => pad(cell, widths[column], column)).join('  ')}`);
  for (const note of notes) console.log(`  ${note}`);
}

const pad = (cell: string, width: number | undefined, column: number) =>
  column === 1 ? cell.padStart(width ?? 0) : cell.padEnd(width ?? 0);

function shown(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
