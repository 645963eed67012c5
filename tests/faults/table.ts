/** The counts of a run, a line a kind. */
import type { Played } from './round.ts';

const columns = [
  'rounds',
  'acknowledged',
  'lost or twice',
  'hindered',
  'messages',
  'sent again',
  'back after (longest)',
] as const;

export function printRounds(played: readonly Played[], minutes: number): void {
  console.log(`\n| | ${columns.join(' | ')} |\n| --- |${columns.map(() => ' ---: |').join('')}`);
  const groups = [...Map.groupBy(played, ({ kind }) => kind)];
  for (const [kind, rounds] of groups) console.log(line(kind, rounds));
  console.log(line('all', played));
  console.log(`\n${played.length} rounds in ${minutes.toFixed(0)} minutes. On the way to their answers people met:`);
  const met: Record<string, number> = {};
  for (const { hindrances } of played)
    for (const [what, times] of Object.entries(hindrances)) met[what] = (met[what] ?? 0) + times;
  for (const [what, times] of Object.entries(met)) console.log(`  ${times} × ${what}`);
}

function line(name: string, rounds: readonly Played[]): string {
  const tried = rounds.filter(({ skipped }) => !skipped);
  if (tried.length === 0)
    return `| ${name} | ${rounds[0]?.skipped ?? '0'} |${columns
      .slice(1)
      .map(() => ' |')
      .join('')}`;
  const sum = (of: (round: Played) => number) => tried.reduce((total, round) => total + of(round), 0);
  const cells = [
    tried.length,
    sum(({ acknowledged }) => acknowledged),
    sum(({ wrong }) => wrong.length),
    sum(({ hindrances }) => Object.values(hindrances).reduce((total, times) => total + times, 0)),
    sum(({ messages }) => messages),
    sum(({ twice }) => twice),
    `${(Math.max(...tried.map(({ backMs }) => backMs)) / 1000).toFixed(1)} s`,
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}
