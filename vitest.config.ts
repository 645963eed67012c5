// `fast` runs the whole product without a browser, on all cores; its files share a process a core, which loads the product
// once. A file that teaches its process something the next must not know (a service of its own), or measures the memory it
// holds, is named `*.alone.test.ts` and gets one to itself. `pages` drives a real Chromium, one file after the other, because
// two browsers on two cores only make each other time out; `proof` is what of `npm run test:pages` takes too long for `npm test`.
import { defineConfig } from 'vitest/config';

const everyCore = { maxWorkers: '100%', testTimeout: 20_000, hookTimeout: 60_000 };

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
          exclude: ['tests/e2e/**', 'tests/pages/**', '**/*.alone.test.ts'],
          isolate: false,
          ...everyCore,
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: ['tests/**/*.alone.test.ts'], ...everyCore },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['tests/e2e/**/*.test.ts'],
          isolate: false,
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
