// Builds the phone pages (and the staff pages) into dist/h5: hashed files, each beside its gzip and brotli form, so that the
// server never compresses while somebody waits; and the service worker, told which files make up the pages.
import vue from '@vitejs/plugin-vue';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Phones of the last six years. */
const target = ['chrome89', 'safari15', 'firefox89'];

/** Compressing costs more than it saves below this. */
const WORTH_COMPRESSING = 512;

const inputs = {
  index: at('h5/index.html'),
  ...(existsSync(at('h5/staff/main.ts')) && { staff: at('h5/staff.html') }),
};

/**
 * Builds the service worker beside the pages, in one file of its own (workers of older phones cannot import), and tells it the
 * names of the people's files, which it keeps for offline reading.
 */
function buildWorker(): Plugin {
  return {
    name: 'build-worker',
    async writeBundle({ dir = '' }, bundle) {
      const shell = Object.keys(bundle).filter((file) => file.startsWith('assets/') && !/staff/i.test(file));
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { __SHELL__: JSON.stringify(shell.map((file) => `/${file}`)) },
        build: {
          outDir: dir,
          emptyOutDir: false,
          target,
          rolldownOptions: { input: at('h5/offline/worker.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      });
    },
  };
}

/** Writes `file.br` and `file.gz` beside every text file. */
function compressAll(): Plugin {
  return {
    name: 'compress-all',
    writeBundle({ dir = '' }) {
      for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg|webmanifest)$/.test(file)) continue;
        const content = readFileSync(join(dir, file));
        if (content.length < WORTH_COMPRESSING) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(join(dir, `${file}.br`), brotliCompressSync(content, { params }));
        writeFileSync(join(dir, `${file}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: at('h5'),
  publicDir: at('h5/public'),
  plugins: [vue(), buildWorker(), compressAll()],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
  build: {
    outDir: at('dist/h5'),
    emptyOutDir: true,
    target,
    // The pages' own policy forbids inline styles and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: inputs,
      // How long each step took is told on a slow machine, to whoever only wants the product to start.
      checks: { bundlerTimings: false },
      output: {
        // What every page needs is one file, so that the first visit asks for few; each other page is one more.
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              test: /node_modules\/(?!qr\/)|plugin-vue|h5\/(base|people)\/|h5\/(frame\/subject|drafts\/(typed|outbox))|locales\/zh-CN\/h5/,
              priority: 2,
            },
            { name: 'questions', test: /h5\/questions\/.*\.(vue|ts)/, priority: 1 },
          ],
        },
      },
    },
  },
});
