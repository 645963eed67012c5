/**
 * The page itself: one HTML file, one style sheet, a few modules and their texts, all from this server.
 * The modules are TypeScript; Vite's transformer makes them fit for a browser the first time one is asked for.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';

const PAGE = new URL('page/', import.meta.url);
const LOCALES = new URL('../../locales/', import.meta.url);
const SOURCE_LANGUAGE = 'zh-CN';

const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

export function createPageAssets(): Hono {
  const app = new Hono();
  const modules = new Map<string, Promise<string>>();

  app.get('/', async (c) => {
    const language = c.req.query('lang') ?? SOURCE_LANGUAGE;
    const texts = await readTexts(language);
    if (!texts) return c.notFound();
    const { title } = JSON.parse(texts) as { title: string };
    const base = c.req.path.replace(/\/$/, '');
    const html = (await readFile(new URL('index.html', PAGE), 'utf8'))
      .replaceAll('{{base}}', base)
      .replaceAll('{{language}}', language)
      .replaceAll('{{title}}', title);
    return c.html(html, 200, SECURITY);
  });

  app.get('/page/texts/:language{[A-Za-z-]+\\.json}', async (c) => {
    const texts = await readTexts(c.req.param('language').replace('.json', ''));
    return texts
      ? c.body(texts, 200, { ...SECURITY, 'content-type': 'application/json; charset=utf-8' })
      : c.notFound();
  });

  app.get('/page/:file{[a-z-]+\\.(ts|js|css)}', async (c) => {
    const file = c.req.param('file');
    const isStyle = file.endsWith('.css');
    const asset = modules.get(file) ?? (isStyle ? readFile(new URL(file, PAGE), 'utf8') : readModule(file));
    modules.set(file, asset);
    try {
      const type = isStyle ? 'text/css' : 'text/javascript';
      return c.body(await asset, 200, { ...SECURITY, 'content-type': `${type}; charset=utf-8` });
    } catch {
      modules.delete(file);
      return c.notFound();
    }
  });
  return app;
}

/** The texts of a language, undefined when there are none. */
async function readTexts(language: string): Promise<string | undefined> {
  if (!/^[A-Za-z-]{2,10}$/.test(language)) return undefined;
  return readFile(new URL(`${language}/simulator.json`, LOCALES), 'utf8').catch(() => undefined);
}

async function readModule(file: string): Promise<string> {
  if (file === 'vue.js') {
    return readFile(new URL(import.meta.resolve('vue/dist/vue.runtime.esm-browser.prod.js')), 'utf8');
  }
  const source = new URL(file, PAGE);
  const { transformWithOxc } = await import('vite');
  return (await transformWithOxc(await readFile(source, 'utf8'), fileURLToPath(source), { sourcemap: false })).code;
}
