/** What those see who run no script of ours: the page of a notice, what a chat makes of its address, and the feed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawNotice } from '../../../api/notices/page.ts';
import type { Browser } from '../../tools/browser.ts';
import { OLD_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { act, COMMUNITY, everyone, publish } from './press.ts';

let stage: Stage;
let clerk: Browser;
let lead: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-10 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  lead = await stage.staff(COMMUNITY, 'lead');
});
afterAll(() => stage.stop());

test('the feed of a unit has what it said to everyone, and nothing else', async () => {
  const id = await publish(clerk, lead, COMMUNITY, { title: '甲 & <乙>' });
  await publish(clerk, lead, COMMUNITY, { title: '不给大家', audience: { ...everyone, ageFrom: 60 } });
  const gone = await publish(clerk, lead, COMMUNITY, { title: '撤回的' });
  await act(lead, gone, 'withdraw', { why: '错了' });
  const feed = await fetch(`${stage.house.url}/api/notices/feed.xml?unit=${COMMUNITY}`);
  expect(feed.headers.get('content-type')).toContain('application/rss+xml');
  const xml = await feed.text();
  expect(xml).toMatch(/^<\?xml version="1.0"/);
  expect(xml).toContain('甲 &amp; &lt;乙&gt;');
  expect(xml).toContain(`<link>${stage.house.url}/n/${id}</link>`);
  expect(xml).not.toMatch(/不给大家|撤回的/);
  expect((await stage.house.visit().get('/api/notices/feed.xml?unit=1')).status).toBe(404);
});

test('the page of a notice tells title, sentence and picture without a script; of one that is not for everyone it tells nothing', async () => {
  const draw = (id: string) => drawNotice(stage.ctx, id, 'https://tuiguan.example');
  const id = await publish(clerk, lead, COMMUNITY, { title: '体检"时间"<script>' });
  const page = await draw(id);
  expect(page?.title).toBe('体检"时间"<script> — 退管通');
  expect(page?.head).toContain('<meta property="og:title" content="体检&quot;时间&quot;&lt;script&gt;" />');
  expect(page?.head).toContain('<meta property="og:image" content="https://tuiguan.example/share.png" />');
  expect(page?.body).toContain('<h2>时间</h2>');
  expect(page?.body).toContain('<li>带身份证</li>');
  expect(page?.body).not.toContain('<script');
  const few = await publish(clerk, lead, COMMUNITY, { title: '给几个人', audience: { ...everyone, ageFrom: 60 } });
  expect(await draw(few)).toBeNull();
  expect(await draw('019a0000-0000-7000-8000-000000000000')).toBeNull();
  expect(await draw('nothing')).toBeNull();
  await act(lead, id, 'withdraw', { why: '错了' });
  expect(await draw(id)).toBeNull();
});
