/** How people are spoken to after a death (h5-standard row 21), in every text and every language. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Service } from '../../api/engine/service.ts';
import { locales } from '../../locales/index.ts';
import { flatten, readLanguage } from '../../locales/tools/files.ts';

const folder = new URL('../../api/services/', import.meta.url);
const services = await Promise.all(
  readdirSync(folder).map(async (file) => ((await import(new URL(file, folder).href)) as { default: Service }).default),
);
const kinds = services.filter(({ tone }) => tone === 'bereavement').map(({ kind }) => kind);

/** Groups that only a family reads. */
const gentle = [
  ...kinds.map((kind) => `services/${kind}:`),
  'notices:gentle.',
  'notices:report.',
  'h5:gentle.',
  'h5:estimate.',
  'h5:sent.',
  'h5:front.bereaved',
  'chat:submitted.bereavement',
  'chat:whom.reported',
];
/** What the retiree reads of a report that nobody has verified, and of one that was not true. */
const toTheRetiree = ['engine:toVerify.', 'notices:report.verify', 'notices:report.closed', 'notices:report.restored'];

const textsIn = (locale: (typeof locales)[number], groups: readonly string[]) =>
  [...flatten(readLanguage(locale))].filter(([key]) => groups.some((group) => key.startsWith(group)));

test('the services of a death are spoken gently', () => {
  expect(kinds).toEqual(expect.arrayContaining(['death-report', 'stop-pension', 'survivor-benefits']));
});

test.each(locales)('%s: no exclamation mark, no cheer, no greeting', (locale) => {
  const found = textsIn(locale, gentle);
  expect(found.length).toBeGreaterThan(100);
  const wrong = /[!！]|🎉|[您你]好|恭喜|祝賀|祝贺|太好了|hello|congrat|great news/i;
  expect(found.filter(([, text]) => wrong.test(text))).toEqual([]);
});

test.each(locales)('%s: the dead are named as such', (locale) => {
  // A record put right is of somebody alive.
  const alive = ['notices:report.undone', 'notices:report.mistaken'];
  const naming = textsIn(locale, gentle).filter(([key, text]) => text.includes('{{name}}') && !alive.includes(key));
  expect(naming.length).toBeGreaterThan(5);
  expect(naming.filter(([, text]) => !/(逝者|the late )\{\{name\}\}/.test(text))).toEqual([]);
});

test.each(locales)('%s: the retiree reads no word of death', (locale) => {
  const wrong = /死|逝|故去|亡|离世|離世|去世|过世|過世|丧|喪|抚恤|撫恤|death|died|decease|funeral|bereave/i;
  expect(textsIn(locale, toTheRetiree).filter(([, text]) => wrong.test(text))).toEqual([]);
});

test.each(locales)('%s: the cause of a death is never asked for', (locale) => {
  const asked = textsIn(
    locale,
    kinds.map((kind) => `services/${kind}:`),
  ).filter(([key]) => key.endsWith('.label'));
  expect(asked.filter(([, text]) => /死因|原因|什么病|什麼病|cause/i.test(text))).toEqual([]);
});
