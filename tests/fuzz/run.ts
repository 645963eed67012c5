/**
 * `npm run test:fuzz`: fifty thousand inputs, a third each for the routes of /openapi.json, the questions of every service and the chat.
 * What breaks something is printed with its seed: `FUZZ_SEED=… npm run test:fuzz` finds it again.
 */
import { run } from '../tools/run.ts';

const INPUTS = 50_000;
const KINDS = 3;

const env = { FUZZ_RUNS: String(Math.ceil(INPUTS / KINDS)), NO_COLOR: '1' };
const { ok, output } = await run('vitest', ['run', '--project', 'fast', 'tests/fuzz'], { env });
console.log(output);
process.exitCode = ok ? 0 : 1;
