/**
 * `npm run test:faults`: people apply, upload, decide and chat, while one thing after the other breaks. After each round it is verified
 * that nothing acknowledged was lost, nothing took effect twice, and everybody was told. Ends with 1 when a promise was broken. Ctrl-C
 * lets the round come to its end and prints the table of those that were.
 *
 *     npm run test:faults -- [--rounds 100] [--only "kill -9,Telegram"] [--json FILE]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { kinds } from './kinds.ts';
import { playRound, type Played } from './round.ts';
import { printRounds } from './table.ts';
import { openTown } from './town/town.ts';

const { values: asked } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const wanted = kinds.filter(({ name }) => asked.only.split(',').some((part) => name.includes(part.trim())));
if (wanted.length === 0) throw new Error(`--only: there are ${kinds.map(({ name }) => name).join(', ')}`);

const began = performance.now();
const enough = new AbortController();
process.on('SIGINT', () => {
  console.log('after this round …');
  enough.abort();
});
const town = await openTown();
const played: Played[] = [];
try {
  for (let at = 0; at < Number(asked.rounds) && !enough.signal.aborted; at += 1) {
    const kind = wanted[at % wanted.length];
    if (!kind) continue;
    const round = await playRound(town, kind, Math.floor(at / wanted.length));
    played.push(round);
    console.log(`${at + 1}. ${said(round)}`);
    for (const wrong of new Set(round.wrong)) console.log(`   ✗ ${wrong}`);
  }
} finally {
  await town.close();
  // Also of a run that broke off: what was played was played.
  printRounds(played, (performance.now() - began) / 60_000);
  if (asked.json) await writeFile(asked.json, `${JSON.stringify({ at: new Date().toISOString(), played }, null, 2)}\n`);
}

function said({ kind, skipped, acknowledged, messages, twice, hindrances, backMs }: Played): string {
  if (skipped) return `${kind}: ${skipped}`;
  return `${kind}: ${acknowledged} acknowledged, ${messages} messages, ${twice} again, back after ${backMs} ms ${JSON.stringify(hindrances)}`;
}

process.exit(played.some(({ wrong }) => wrong.length > 0) ? 1 : 0);
