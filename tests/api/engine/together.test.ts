/** Many alike decided at once: a preview first, each by itself and as it was seen; money, deaths and what asks something stay out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from './stage.ts';

let stage: Stage;
let counter: Browser;
let clerk: Browser;
const moving: string[] = [];

beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  counter = await stage.person(OLD_CLERK);
  clerk = await stage.person(RECEIVING_CLERK);
  const found: { id: string }[] = (await counter.post('/api/retirees/search', { words: 'w' })).body;
  const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  for (const { id } of found.slice(0, 3)) moving.push(await apply(counter, 'relocation', move, id));
});
afterAll(() => stage.stop());

const preview = async (who: Browser, numbers: string[]) =>
  (await who.post('/api/pending/together/preview', { numbers })).body;
const decide = (who: Browser, cases: { number: string; version: number }[]) =>
  who.post('/api/pending/together', { cases });

test('the preview says what each decision does, what it leads to, and changes nothing', async () => {
  const seen = await preview(clerk, [...moving, '000000000']);
  expect(seen).toMatchObject({ label: '同意', leadsTo: '梓园社区已同意，正在登记' });
  expect(seen.cases.map(({ why }: { why: string | null }) => why)).toEqual([null, null, null, 'gone']);
  expect(seen.cases[0].answers.map(({ key }: { key: string }) => key)).toContain('home');
  expect(seen.cases[0].before.map(({ key }: { key: string }) => key)).toContain('home');
  expect((await clerk.get(`/api/cases/${moving[0]}`)).body.status).toBe('open');
});

test('whose unit does not decide them is told so; a stranger’s are not there', async () => {
  const street = await stage.staff('430111001', 'lead');
  const above = await preview(street, moving);
  expect(above.label).toBeNull();
  expect(above.cases.map(({ why }: { why: string }) => why)).toEqual(['not-now', 'not-now', 'not-now']);
  const stranger = await stage.staff('430102001002', 'clerk');
  expect((await preview(stranger, moving)).cases.map(({ why }: { why: string }) => why)).toEqual([
    'gone',
    'gone',
    'gone',
  ]);
  const [number = ''] = moving;
  expect((await decide(stranger, [{ number, version: 1 }])).body[0]).toMatchObject({ done: false });
});

test('money is decided alone, and what is of another kind separately', async () => {
  const liu = await stage.person(LIU);
  const stay = await apply(liu, 'hospital', { since: '2026-10-20', hospital: '医院', phone: LIU, papers: null });
  const call = await apply(liu, 'call-back', { phone: LIU });
  const home = { ...newHome, communityId: '430102001001' };
  const change = await apply(liu, 'address-change', { home, since: '2026-10-01', phone: LIU, proof: null });
  const { label, cases } = await preview(counter, [call, stay, change]);
  expect(label).toBe('已回电');
  expect(cases.map(({ why }: { why: string | null }) => why)).toEqual([null, 'alone', 'other']);
  const [refused] = (await decide(counter, [{ number: stay, version: 1 }])).body;
  expect(refused).toMatchObject({ done: false, why: '这一件要单独看、单独办。' });
});

test('one that a colleague decided meanwhile is left out by name; the others are decided, each once', async () => {
  const versions = (await preview(clerk, moving)).cases.map(
    ({ number, line }: { number: string; line: { version: number } }) => ({ number, version: line.version }),
  );
  const lead = await stage.staff('430111001001', 'lead');
  await use(lead, moving[1] ?? '', 'claim');
  await use(lead, moving[1] ?? '', 'approve');
  const { body } = await decide(clerk, versions);
  expect(body.map(({ done }: { done: boolean }) => done)).toEqual([true, false, true]);
  expect(body[1].why).toContain('同意');
  for (const number of moving) expect((await clerk.get(`/api/cases/${number}`)).body.status).toBe('entering');
  const [{ timeline }] = [(await clerk.get(`/api/cases/${moving[0]}`)).body];
  expect(timeline.map(({ verb }: { verb: string }) => verb)).toEqual(['open', 'approve']);
  const again = (await decide(clerk, versions)).body;
  expect(again.every(({ done }: { done: boolean }) => !done)).toBe(true);
});
