// Every page of the staff, filled, empty for who has nothing to do with it, waiting and without a network: axe, targets, the layout at a
// desk and on a phone in every size and spacing, the accessibility tree, and the keyboard alone.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hold, inDays } from '../api/activities/hold.ts';
import { COMMUNITY, divide, OTHER_COMMUNITY, propose } from '../api/groups/people.ts';
import { publish } from '../api/notices/press.ts';
import { hangGallery } from '../e2e/gallery.ts';
import { narrow, openOffices, wide, type Desk, type Offices } from '../e2e/staff-desk.ts';
import { OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { faultsUnderAll } from './measure/conditions.ts';
import { keyboardFaults } from './measure/keyboard.ts';
import { treeFaults } from './measure/tree.ts';
import { patternOf, patternsOf } from './measure/within.ts';
import { beginTable, note } from './notes.ts';

const STREET_LEAD = '13800000021';
const CITY_LEAD = '13800000041';
/** By what they show: who opens it, and where. `:name` stands for what was made before. */
const pages = {
  pending: [OLD_CLERK, '/'],
  case: [OLD_CLERK, '/c/:number'],
  counter: [OLD_CLERK, '/counter'],
  slip: [OLD_CLERK, '/slip'],
  apply: [OLD_CLERK, '/apply/:draft'],
  print: [OLD_CLERK, '/print/:number'],
  sheet: [OLD_CLERK, '/print/:asked/consent'],
  retention: [CITY_LEAD, '/retention'],
  calendar: [CITY_LEAD, '/calendar'],
  figures: [STREET_LEAD, '/figures'],
  numbers: [STREET_LEAD, '/numbers'],
  'counted cases': [STREET_LEAD, '/numbers/cases'],
  care: [OLD_CLERK, '/care'],
  budget: [STREET_LEAD, '/care/budget'],
  ledger: [OLD_CLERK, '/care/ledger'],
  list: [OLD_CLERK, '/care/lists/:list'],
  'list on paper': [OLD_CLERK, '/care/lists/:list/sheet'],
  flags: [OLD_CLERK, '/care/flags/:retiree'],
  notices: [OLD_CLERK, '/notices'],
  notice: [OLD_CLERK, '/notices/:notice'],
  'whom to tell': [OLD_CLERK, `/notices/:notice/tell/${COMMUNITY}`],
  policy: [CITY_LEAD, '/policy'],
  answers: [OLD_CLERK, '/answers'],
  delivery: [OLD_CLERK, '/delivery'],
  'door slips': [OLD_CLERK, '/delivery/slips'],
  groups: [OLD_CLERK, '/groups'],
  proposal: [RECEIVING_CLERK, '/groups/proposals/:proposal'],
  'proposal on paper': [RECEIVING_CLERK, '/groups/proposals/:proposal/sheet'],
  volunteers: [OLD_CLERK, '/groups/volunteers'],
  group: [OLD_CLERK, '/groups/:group'],
  month: [OLD_CLERK, '/groups/:group/month'],
  activities: [OLD_CLERK, '/activities'],
  'new activity': [OLD_CLERK, '/activities/new'],
  activity: [OLD_CLERK, '/activities/:activity'],
  door: [OLD_CLERK, '/activities/:activity/door'],
  'edit activity': [OLD_CLERK, '/activities/:activity/edit'],
  'activity ledger': [OLD_CLERK, '/activities/:activity/ledger'],
  guests: [OLD_CLERK, '/activities/:activity/people'],
  help: [OLD_CLERK, '/help'],
  factor: [CITY_LEAD, '/factor'],
  people: [CITY_LEAD, '/people'],
  settings: [STREET_LEAD, '/settings'],
  'settings of words': [STREET_LEAD, '/settings/words'],
  'settings of reasons': [STREET_LEAD, '/settings/reasons'],
  leave: [OLD_CLERK, '/leave'],
  join: [OLD_CLERK, '/join'],
  prove: [OLD_CLERK, '/prove'],
  nowhere: [OLD_CLERK, '/no/such/page'],
} as const satisfies Record<string, readonly [string, string]>;
type Name = keyof typeof pages;
const names = Object.keys(pages) as Name[];

let offices: Offices;
let made: Record<string, string>;
const desks = new Map<string, Desk>();
const seen = new Set<string>();

beforeAll(async () => {
  beginTable('staff');
  offices = await openOffices();
  made = await fill(offices);
  for (const phone of [OLD_CLERK, RECEIVING_CLERK, STREET_LEAD, CITY_LEAD]) desks.set(phone, await offices.desk(phone));
});
afterAll(() => offices.stop());

/** Work for everybody. @returns the ids in the addresses */
async function fill({ house, signIn }: Offices): Promise<Record<string, string>> {
  const addresses = await hangGallery(house);
  const [clerk, lead] = [await signIn(OLD_CLERK), await signIn(STREET_LEAD)];
  await lead.post('/api/care/budgets', {
    unit: '430102001',
    year: new Date().getFullYear(),
    kind: 'festival',
    fen: 9_000_000,
  });
  const occasion = { kind: 'festival', occasion: 'doubleNinth' };
  const list = (await clerk.post('/api/care/batches', { unit: COMMUNITY, occasion, form: 'goods', fen: 10_000 })).body
    .id;
  const [retiree] = (await clerk.post('/api/retirees/search', { words: 'wang' })).body;
  await divide(clerk, COMMUNITY);
  const [group] = (await clerk.get(`/api/staff/groups?unit=${COMMUNITY}`)).body.list;
  const proposal = (await propose(await signIn(RECEIVING_CLERK), OTHER_COMMUNITY)).id;
  const draft = (await clerk.post('/api/drafts', { kind: 'address-change', subjectId: retiree.id })).body.draft.id;
  const lastOf = (name: string) => addresses.get(name)?.split('/')[2] ?? '';
  return {
    number: lastOf('public notice'),
    asked: lastOf('asked case'),
    draft,
    list,
    retiree: retiree.id,
    notice: await publish(clerk, lead, COMMUNITY),
    proposal,
    group: group.id,
    activity: await hold(clerk, { ...inDays(4), companions: true }),
  };
}

const addressOf = (name: Name): string => pages[name][1].replaceAll(/:(\w+)/g, (_, key: string) => made[key] ?? key);
const deskOf = (name: Name): Desk => desks.get(pages[name][0]) as Desk;

async function settled({ page }: Desk): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('.loading').first().waitFor({ state: 'detached' });
}

async function faultsOf(desk: Desk): Promise<Record<string, string[]>> {
  const { page } = desk;
  const found: Record<string, string[]> = { axe: await desk.flaws(), tree: await treeFaults(page) };
  for (const [where, size] of Object.entries({ 'at a desk': wide, 'on a phone': narrow })) {
    await page.setViewportSize(size);
    found[`sizes ${where}`] = await desk.misfits();
    for (const [condition, faults] of Object.entries(await faultsUnderAll(page)))
      found[`${condition}, ${where}`] = faults;
  }
  await page.setViewportSize(wide);
  found['keyboard'] = await keyboardFaults(page);
  return Object.fromEntries(Object.entries(found).filter(([, faults]) => faults.length > 0));
}

describe.each(names)('the page “%s” of the staff', (name) => {
  test('is whole with work on it', async () => {
    const desk = deskOf(name);
    await desk.page.goto(`/staff${addressOf(name)}`);
    await settled(desk);
    seen.add(await patternOf(desk.page, addressOf(name)));
    const faults = await faultsOf(desk);
    note('staff', { page: name, state: 'filled', faults });
    expect(faults).toEqual({});
  });

  test('is whole while it waits, and when nothing comes', async () => {
    const desk = deskOf(name);
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await desk.page.route('**/api/**', async (route) => {
      await answered;
      await route.abort('internetdisconnected').catch(() => undefined);
    });
    try {
      await desk.page.goto(`/staff${addressOf(name)}`, { waitUntil: 'commit' });
      await desk.page.locator('main').waitFor();
      const misfits = await desk.misfits();
      note('staff', { page: name, state: 'waiting', faults: misfits });
      expect(misfits).toEqual([]);
      answer();
      await desk.page.locator('.loading').first().waitFor({ state: 'detached' });
      const faults = await faultsUnderAll(desk.page);
      note('staff', { page: name, state: 'offline', faults });
      expect({ axe: await desk.flaws(), ...faults }).toEqual({ axe: [] });
    } finally {
      // Whatever was found: the pages after this one get their answers.
      answer();
      await desk.page.unrouteAll({ behavior: 'wait' });
    }
  });
});

test('tables are cards on a phone', async () => {
  const tables: Record<string, number> = {};
  for (const name of names.filter((one) => !/paper|sheet|print|slip|tell|guests/.test(one))) {
    const { page } = deskOf(name);
    await page.setViewportSize(narrow);
    await page.goto(`/staff${addressOf(name)}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll('main tbody tr')].filter((row) => getComputedStyle(row).display === 'table-row'),
    );
    if (rows.length > 0) tables[name] = rows.length;
    await page.setViewportSize(wide);
  }
  expect(tables).toEqual({});
});

test('no page is forgotten: every address of the router was opened', async () => {
  const { page } = desks.get(OLD_CLERK) as Desk;
  await page.goto('/staff');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect((await patternsOf(page)).filter((pattern) => !seen.has(pattern))).toEqual([]);
});
