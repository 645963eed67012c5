/** The database goes away in the middle of a form and comes back: people are told so, nothing typed is lost, nothing is done twice. */
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../../api/config.ts';
import { startEmbedded } from '../../db/embedded/server.ts';
import { openHouse, type House } from '../../house.ts';
import { Browser } from '../tools/browser.ts';
import { ownDataDir } from '../tools/process.ts';
import { LIU, newHome } from '../tools/story.ts';

let data: Awaited<ReturnType<typeof ownDataDir>>;
let house: House;
let database: Awaited<ReturnType<typeof startEmbedded>>;
const startDatabase = () => startEmbedded({ dataDir: data.path, mode: 'own' });

beforeAll(async () => {
  data = await ownDataDir();
  database = await startDatabase();
  const config = readConfig({ NODE_ENV: 'test', PORT: '0', DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
  house = await openHouse(config, pino({ level: 'silent' }));
});
afterAll(async () => {
  await house.stop();
  await database.stop();
  await data.clear();
});

test('answers given while the database is away are refused with kind words and saved when it is back', async () => {
  const { url, simulator } = house;
  if (!url || !simulator) throw new Error('no pages');
  const liu = await new Browser(url).signIn(LIU, simulator.sms);
  const { draft } = (await liu.post('/api/drafts', { kind: 'relocation', answers: { to: { value: 'city' } } })).body;

  await database.stop();
  const refused = await liu.put(`/api/drafts/${draft.id}/answers`, { answers: { home: { value: newHome } } });
  expect(refused.status).toBe(503);
  expect(refused.body).toMatchObject({ code: 'database-away', title: '系统正忙，您填的没有丢。请过一分钟再点一次。' });
  expect((await liu.get('/readyz')).status).toBe(503);
  expect((await liu.get('/healthz')).status).toBe(200);

  database = await startDatabase();
  await vi.waitFor(
    async () => {
      const saved = await liu.put(`/api/drafts/${draft.id}/answers`, { answers: { home: { value: newHome } } });
      expect(saved.status).toBe(200);
      expect(saved.body.answers.map((answer: { key: string }) => answer.key)).toEqual(['to', 'home']);
    },
    { timeout: 15_000, interval: 200 },
  );
  await vi.waitFor(async () => expect((await liu.get('/readyz')).status).toBe(200), { timeout: 15_000, interval: 200 });
});
