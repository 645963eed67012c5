/** Every form is filled in with thousands of values, fitting and hostile: each is taken, or refused with words; none breaks anything. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allServices } from '../../api/engine/catalogue.ts';
import { typeOf } from '../../api/engine/questions/index.ts';
import type { Service } from '../../api/engine/service.ts';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU } from '../tools/story.ts';
import { valuesFor, type Schema } from './inputs.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000);
/** Every question is sent at least that many values. */
const LEAST = 8;
/** What questions ask for, in the words that they take. */
const KNOWN = ['430111001001', '430102001', 'city', '13800000009', '0731-84012345', '430101194803120024', '2026-10-01'];

let house: HouseUnderTest;
let liu: Browser;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  liu = await house.signIn(LIU);
});
afterAll(() => house.stop());

/** Values for every question of a form, in the order in which they are asked; one in ten means harm. */
const filledIn = ({ ask }: Service) =>
  fc.tuple(
    ...ask.entries.map(({ key, question }) =>
      valuesFor(typeOf(question).schema(question.options) as Schema, { known: KNOWN, wild: 1 }).map((value) => ({
        key,
        value,
      })),
    ),
  );

/** The services whose form this person may begin, each with its draft. */
async function begun(): Promise<{ service: Service; draft: string }[]> {
  const all = await Promise.all(
    allServices().map(async (service) => {
      const { draft } = (await liu.post('/api/drafts', { kind: service.kind })).body;
      return draft ? [{ service, draft: draft.id as string }] : [];
    }),
  );
  return all.flat();
}

test('no answer breaks a question', { timeout: 1_800_000 }, async () => {
  const forms = await begun();
  const questions = forms.reduce((sum, { service }) => sum + service.ask.entries.length, 0);
  const counts: Record<string, number> = {};
  const found: string[] = [];
  for (const { service, draft } of forms) {
    const property = fc.asyncProperty(filledIn(service), async (answers) => {
      for (const { key, value } of answers) {
        const { status, body } = await liu.put(`/api/drafts/${draft}/answers`, { answers: { [key]: { value } } });
        counts[status] = (counts[status] ?? 0) + 1;
        const what = `${service.kind}.${key} = ${JSON.stringify(value)}: ${JSON.stringify(body).slice(0, 400)}`;
        expect(status, `${what} breaks it`).toBeLessThan(500);
        // Whoever is refused is told what to mend, in words.
        if (status === 422) expect(body.detail, `${what} has no words`).toMatch(/\p{Script=Han}/u);
      }
    });
    const numRuns = Math.max(LEAST, Math.ceil(RUNS / questions));
    await fc.assert(property, { numRuns, endOnFailure: true }).catch((error: unknown) => found.push(String(error)));
  }
  expect(found).toEqual([]);
  const sent = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (RUNS > 3000) process.stdout.write(`${questions} questions: ${JSON.stringify(counts)}\n`);
  // Not only refusals: forms were filled in, to their end now and then.
  expect(questions).toBeGreaterThan(20);
  expect(counts['200'] ?? 0, `taken, of ${sent}`).toBeGreaterThan(sent / 10);
});
