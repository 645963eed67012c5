/**
 * `npm run test:memory`: whether traffic leaves the heap flat, and how much a list, import, export and backup of 100,000 people take.
 * Ends with 1 when something grew or took more than it may.
 *
 *     npm run test:memory -- [--minutes 30] [--only traffic,street]
 */
import { parseArgs } from 'node:util';
import { measureStreet } from './street.ts';
import { measureTraffic } from './traffic.ts';

const { values: asked } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, only: { type: 'string', default: 'traffic,street' } },
});
const whole = [
  !asked.only.includes('street') || (await measureStreet()),
  !asked.only.includes('traffic') || (await measureTraffic(Number(asked.minutes))),
];
process.exit(whole.every(Boolean) ? 0 : 1);
