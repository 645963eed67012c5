/** Every question of every service is answered with thousands of values: each is taken, or refused with words; none breaks anything. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allServices } from '../../api/engine/catalogue.ts';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, newHome } from '../tools/story.ts';
import { hostile } from './inputs.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 3000);

let house: HouseUnderTest;
let liu: Browser;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  liu = await house.signIn(LIU);
});
afterAll(() => house.stop());

/** Values that some question takes, among those that none does: what fits one type is wrong for the others. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  hostile,
  fc.constantFrom<unknown>(true, false, null, 0, 100, 1_000_000_000, 'city', 'child', 'phone', 'other', 'money'),
  fc.constantFrom<unknown>(
    '2026-10-01',
    '2026-02-30',
    '13800000009',
    '0731-84012345',
    '430101194803120024',
    '430111001001',
  ),
  fc.record(
    Object.fromEntries(Object.entries(newHome).map(([key, value]) => [key, fc.oneof(fc.constant(value), hostile)])),
  ),
  fc.record({
    name: fc.oneof(fc.constant('王建国'), hostile),
    idNumber: fc.oneof(fc.constant('430101194803120024'), hostile),
  }),
  fc.array(fc.uuid(), { maxLength: 3 }),
  fc.array(fc.record({ name: hostile, phone: hostile }), { maxLength: 3 }),
);

test('no answer breaks a question', { timeout: 1_800_000 }, async () => {
  const questions = allServices().flatMap(({ kind, ask }) => ask.entries.map(({ key }) => ({ kind, key })));
  const drafts = new Map<string, string>();
  for (const { kind } of questions) {
    if (drafts.has(kind)) continue;
    const begun = await liu.post('/api/drafts', { kind });
    if (begun.body.draft) drafts.set(kind, begun.body.draft.id);
  }
  const asked = questions.filter(({ kind }) => drafts.has(kind));
  expect(asked.length).toBeGreaterThan(20);
  const counts: Record<string, number> = {};
  const property = fc.asyncProperty(fc.constantFrom(...asked), anything, async ({ kind, key }, value) => {
    const answer = await liu.put(`/api/drafts/${drafts.get(kind)}/answers`, { answers: { [key]: { value } } });
    counts[answer.status] = (counts[answer.status] ?? 0) + 1;
    const said = JSON.stringify(answer.body).slice(0, 400);
    expect(answer.status, `${kind}.${key} = ${JSON.stringify(value)}: ${said}`).toBeLessThan(500);
    // Whoever is refused is told what to mend, in words.
    if (answer.status === 422) expect(answer.body.detail).toMatch(/\p{Script=Han}/u);
  });
  await fc.assert(property, { numRuns: RUNS });
  if (RUNS > 3000) process.stdout.write(`${asked.length} questions: ${JSON.stringify(counts)}\n`);
  // Not only refusals.
  expect(counts['200'] ?? 0).toBeGreaterThan(0);
});
