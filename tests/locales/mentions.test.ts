import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourceLocale } from '../../locales/index.ts';
import { flatten, readLanguage } from '../../locales/tools/files.ts';
import { isMentioned, keysMentioned, mentionsIn } from './mentions.ts';

const source = readLanguage(sourceLocale);
const withoutPlural = (key: string): string => key.replace(/(_ordinal)?_(zero|one|two|few|many|other)$/, '');
const keys = new Set([...flatten(source).keys()].map(withoutPlural));
const files = globSync(['main.ts', '{api,bot,h5,db}/**/*.{ts,vue}']);
const mentions = mentionsIn(files.map((path) => [path, readFileSync(path, 'utf8')]));

test('every text is read by some source; remove those that none reads', () => {
  expect([...keys].filter((key) => !isMentioned(key, mentions))).toEqual([]);
});

test('every key that a source names has a text in zh-CN', () => {
  const groups = [...keys].flatMap((key) => [...key.matchAll(/\./g)].map(({ index }) => key.slice(0, index)));
  const known = new Set([...keys, ...groups]);
  expect(keysMentioned(mentions, new Set(source.keys())).filter((key) => !known.has(key))).toEqual([]);
});

describe('a text counts as read', () => {
  const code = `
    say(locale, 'engine:help');
    t('start.title');
    sayAll(locale, 'guide:lines');
    say(locale, \`engine:verbs.\${verb}.label\`);
    const verbs = ['approve'];`;
  const vue = `<template><p :title="t('pages.a')">{{ t('pages.b') }}</p></template>`;
  const found = mentionsIn([
    ['api/a.ts', code],
    ['h5/A.vue', vue],
  ]);

  test.each([
    ['engine:help', 'its key stands in a source'],
    ['h5:start.title', 'its key stands there without the namespace'],
    ['guide:lines.first', 'the group that it stands in is read'],
    ['engine:verbs.approve.label', 'a template fits and the sources know the word in its hole'],
    ['h5:pages.a', 'an attribute of a template names it'],
    ['h5:pages.b', 'the text of a template names it'],
  ])('%s: %s', (key) => {
    expect(isMentioned(key, found)).toBe(true);
  });

  test.each([
    ['engine:other', 'nobody names it'],
    ['engine:verbs.reject.label', 'a template fits, but nobody knows the word in its hole'],
    ['engine:verbs.approve.hint', 'no template fits'],
  ])('but not %s: %s', (key) => {
    expect(isMentioned(key, found)).toBe(false);
  });
});
