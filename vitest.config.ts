// Three projects: `fast` runs the whole product without a browser, on all cores; `pages` drives a real Chromium, one
// file after the other, because two browsers on two cores only make each other time out; `proof` is what of `npm run
// test:pages` takes too long for `npm test`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Processes rather than threads: sharp and jieba are native, and a database connection left open ends with them.
    pool: 'forks',
    // One PostgreSQL for the run; a file that needs a house copies its database.
    globalSetup: './tests/tools/database.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/pages/**'],
          maxWorkers: '100%',
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'proof',
          include: ['tests/pages/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
