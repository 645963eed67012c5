// How fast the built pages are on a cheap phone: Lighthouse in Chromium, what is sent and how large it is, and every tap of a move.
import lighthouse from 'lighthouse';
import { createServer, type AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstVisit } from '../e2e/first-visit.ts';
import { openPages, type Pages } from '../e2e/phone.ts';
import { DAUGHTER, LIU } from '../tools/story.ts';
import * as budgets from './budgets.ts';
import { beginTable, note } from './notes.ts';

let pages: Pages;
beforeAll(async () => {
  beginTable('speed');
  beginTable('machine');
  pages = await openPages();
});
afterAll(() => pages.stop());

const medianOf = (values: number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

/** Writes the line of the table. @returns what is over its budget, in words */
function measured(what: string, value: number, limit: number, unit: string): string[] {
  note('speed', { what, value: Number(value.toFixed(3)), limit, unit });
  return value <= limit ? [] : [`${what}: ${value.toFixed(2)} ${unit}, and not ${limit}`];
}

/** A port that nobody uses: Lighthouse and the browser meet there. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => {
    server.close(closed);
  });
  return port;
}

interface Run {
  lcpMs: number;
  tbtMs: number;
  cls: number;
}

/** The home page opened by somebody who was never here, so many times; each in a browser of its own. */
async function visit(cpuSlowdownMultiplier: number): Promise<Run[]> {
  const runs: Run[] = [];
  for (let run = 0; run < budgets.lighthouse.runs; run += 1) {
    const port = await freePort();
    const executablePath = process.env['CHROME_PATH'];
    const args = ['--no-sandbox', `--remote-debugging-port=${port}`];
    const browser = await chromium.launch({ ...(executablePath && { executablePath }), args });
    try {
      const result = await lighthouse(`${pages.house.url}/`, {
        port,
        onlyCategories: ['performance'],
        logLevel: 'silent',
        throttling: { rttMs: 150, throughputKbps: 1638.4, cpuSlowdownMultiplier },
      });
      note('machine', { benchmarkIndex: result?.lhr.environment.benchmarkIndex ?? 0 });
      const valueOf = (audit: string): number => result?.lhr.audits[audit]?.numericValue ?? Number.POSITIVE_INFINITY;
      runs.push({
        lcpMs: valueOf('largest-contentful-paint'),
        tbtMs: valueOf('total-blocking-time'),
        cls: valueOf('cumulative-layout-shift'),
      });
    } finally {
      await browser.close();
    }
  }
  return runs;
}

test('the home page at 4 × CPU keeps its budget', async () => {
  const runs = await visit(4);
  const { lcpMs, tbtMs, cls } = budgets.lighthouse.at4;
  expect([
    ...measured('home, 4 × CPU: LCP', medianOf(runs.map((run) => run.lcpMs)), lcpMs, 'ms'),
    ...measured('home, 4 × CPU: TBT', medianOf(runs.map((run) => run.tbtMs)), tbtMs, 'ms'),
    ...measured('home, 4 × CPU: CLS', medianOf(runs.map((run) => run.cls)), cls, ''),
  ]).toEqual([]);
});

test('the home page at 10 × CPU keeps its budget', async () => {
  const runs = await visit(10);
  expect([
    ...measured('home, 10 × CPU: LCP', medianOf(runs.map((run) => run.lcpMs)), budgets.lighthouse.at10.lcpMs, 'ms'),
  ]).toEqual([]);
});

test('the first load is as small as it may be', async () => {
  const phone = await pages.phone();
  const seen = await firstVisit(phone);
  const { firstLoad } = budgets;
  expect([
    ...measured('first load: requests', seen.requests, firstLoad.requests, ''),
    ...measured('first load: JS', seen.jsBytes / 1024, firstLoad.jsBytes / 1024, 'KB'),
    ...measured('first load: CSS', seen.cssBytes / 1024, firstLoad.cssBytes / 1024, 'KB'),
    ...measured('first load: all', seen.allBytes / 1024, firstLoad.allBytes / 1024, 'KB'),
    ...measured('first load: fonts', seen.fonts, firstLoad.fonts, ''),
  ]).toEqual([]);
  await phone.close();
});

test('the next question takes one round trip', async () => {
  const phone = await (await pages.phone()).signIn(DAUGHTER);
  await phone.page.goto('/s/relocation');
  await phone.press('开始');
  await phone.sees('搬到哪里了？');
  const asked: string[] = [];
  phone.page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) asked.push(`${request.method()} ${request.url()}`);
  });
  await phone.press('长沙市内');
  await phone.sees('现在住在哪里？');
  expect([...measured('next question: round trips', asked.length, budgets.roundTripsToNextQuestion, '')]).toEqual([]);
  await phone.close();
});

test('every tap of a move answers in time at 10 × CPU', async () => {
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.page.addInitScript(() => {
    const slowest = { ms: 0, on: '' };
    Object.assign(globalThis, { slowest });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[]) {
        if (entry.interactionId === 0 || entry.duration <= slowest.ms) continue;
        slowest.ms = entry.duration;
        slowest.on = `${entry.name} ${(entry.target as Element | null)?.textContent?.trim().slice(0, 20) ?? ''}`;
      }
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  });
  await phone.page.goto('/');
  const client = await phone.context.newCDPSession(phone.page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 10 });
  await phone.press(/^我搬家了/);
  await phone.press('不在，搬到了别的地方');
  await phone.press(/^(开始|接着办)/);
  await phone.press(/^长沙市内/);
  await phone.write('住在哪个社区', '梓园');
  await phone.press(/^梓园社区/);
  await phone.write('几栋', '3');
  await phone.write('房号', '502');
  await phone.press('继续');
  await phone.press(/^昨天/);
  await phone.press('和子女一起住');
  await phone.press('跳过，不填');
  await phone.press('看过了，知道了');
  await phone.press('确认，提交');
  await phone.sees('已经提交');
  const { ms, on } = await phone.page.evaluate(
    () => (globalThis as unknown as { slowest: { ms: number; on: string } }).slowest,
  );
  expect([...measured(`a move, 10 × CPU: the slowest tap (${on})`, ms, budgets.slowestTapMs, 'ms')]).toEqual([]);
  await phone.close();
});
