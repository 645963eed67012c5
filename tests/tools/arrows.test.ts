import { describe, expect, test } from 'vitest';
import { brokenArrows } from './arrows.ts';
import { importsOf } from './imports.ts';

/** The complaints about a project made of these files. */
const check = (files: Record<string, string>): string[] =>
  brokenArrows(Object.entries(files).flatMap(([path, text]) => importsOf(path, text)));

describe('arrows between rooms', () => {
  test('the engine knows no service, and the complaint names file, line and both rooms', () => {
    const text = `import { z } from 'zod';\nimport { relocation } from '../services/relocation.ts';\n`;
    expect(check({ 'api/engine/load.ts': text })).toEqual([
      'api/engine/load.ts:2: api/engine may not import api/services: api/services/relocation.ts',
    ]);
  });

  test('services use the engine and the domains, the domains use the tables', () => {
    const files = {
      'api/services/relocation.ts': `import '../engine/define.ts';\nimport '../registry/effects.ts';`,
      'api/registry/effects.ts': `import '../../db/schema/registry.ts';`,
    };
    expect(check(files)).toEqual([]);
  });

  test('a page takes types of the API and nothing that runs', () => {
    const page = (line: string): string => `<script setup lang="ts">\n${line}\n</script>\n<template><p /></template>`;
    expect(check({ 'h5/pages/Start.vue': page(`import type { Api } from '../../api/app.ts';`) })).toEqual([]);
    expect(check({ 'h5/pages/Start.vue': page(`import { app } from '../../api/app.ts';`) })).toEqual([
      'h5/pages/Start.vue:2: h5 may not import api/app.ts (only with `import type`): api/app.ts',
    ]);
  });

  test.each([
    [`import { type Api, app } from '../api/app.ts';`],
    [`export * from '../api/app.ts';`],
    [`const api = await import('../api/app.ts');`],
    [`import '../api/app.ts';`],
  ])('%s runs the imported file', (line) => {
    expect(check({ 'h5/main.ts': line })).toHaveLength(1);
  });

  test.each([
    [`export type { Api } from '../api/app.ts';`],
    [`type Api = import('../api/app.ts').Api;`],
    [`import type { Api } from '../api/app.ts';`],
  ])('%s does not', (line) => {
    expect(check({ 'h5/main.ts': line })).toEqual([]);
  });

  test('a dialog knows no channel', () => {
    expect(check({ 'bot/dialog/say.ts': `import type { Bot } from 'grammy';` })).toEqual([
      'bot/dialog/say.ts:1: bot/dialog may not import the package grammy',
    ]);
  });

  test('nobody imports main.ts or the tests', () => {
    const files = { 'api/app.ts': `import '../main.ts';\nimport '../tests/api/app.test.ts';` };
    expect(check(files)).toHaveLength(2);
  });

  test('a file that stands in no room is named', () => {
    expect(check({ 'attic/box.ts': `import 'node:fs';` })).toEqual([
      'attic/box.ts: stands in no room of tests/tools/house.ts',
    ]);
  });
});

describe('circles', () => {
  test('files that import each other in a circle are named in order', () => {
    const files = {
      'db/a.ts': `import './b.ts';`,
      'db/b.ts': `import './c.ts';`,
      'db/c.ts': `import './b.ts';`,
    };
    expect(check(files)).toEqual(['circle of imports: db/b.ts → db/c.ts → db/b.ts']);
  });

  test('types may refer to each other', () => {
    expect(check({ 'db/a.ts': `import './b.ts';`, 'db/b.ts': `import type { A } from './a.ts';` })).toEqual([]);
  });
});
