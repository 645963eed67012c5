/**
 * Serves the built pages: hashed files for good, the two HTML files afresh each time, brotli or gzip as it was made at build.
 * Everything is held in memory: it is less than a megabyte.
 */
import { Hono, type Context } from 'hono';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DrawnPage } from '../api/http.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** Content by name as in the address; `.br` and `.gz` beside it. */
type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/**
 * The pages as an app to be mounted after every other route. Addresses with an ending are files or missing; all others are
 * pages, drawn by the script: those under /staff by that of the staff.
 * @param dist where `vite build` wrote. Without a build every page answers 503.
 */
export function servePages({ dist }: { dist: string | URL }): Hono {
  const files = readFiles(typeof dist === 'string' ? dist : fileURLToPath(dist));
  const app = new Hono<{ Variables: { drawn?: DrawnPage | null } }>();
  // Hono answers HEAD from GET, without the body.
  app.get('*', (c) => {
    const { path } = c.req;
    if (files.has(path) && !path.endsWith('.html')) return send(c, files, path);
    if (extname(path) !== '') return c.text('Not found', 404);
    // A public notice is for neighbours, not for search engines.
    if (path.startsWith('/p/')) c.header('X-Robots-Tag', 'noindex');
    const page = /^\/staff(\/|$)/.test(path) ? '/staff.html' : '/index.html';
    const drawn = c.get('drawn');
    if (drawn && files.has(page)) return c.html(drawInto(new TextDecoder().decode(files.get(page)), drawn));
    return files.has(page) ? send(c, files, page) : c.text('The pages are not built: run `npm run build`.', 503);
  });
  // What is drawn is replaced by the script, once it is there.
  return app as unknown as Hono;
}

/** The page with what it shows before any script runs. */
function drawInto(page: string, { title, head, body }: DrawnPage): string {
  const words = title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return page
    .replace(/<title>.*?<\/title>/, () => `<title>${words}</title>${head}`)
    .replace('<div id="app"></div>', () => `<div id="app">${body}</div>`)
    .replace(/<noscript>.*?<\/noscript>/s, '');
}

function send(c: Context, files: Files, name: string): Response {
  const encoding = encodingFor(c.req.header('accept-encoding') ?? '', files, name);
  const content = files.get(name + (encoding?.ending ?? '')) ?? new Uint8Array();
  return c.body(content, 200, {
    'Content-Type': types[extname(name)] ?? 'application/octet-stream',
    'Content-Length': String(content.length),
    // Hashed names never change their content; everything else is asked for again each time.
    'Cache-Control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
    ...(encoding && { 'Content-Encoding': encoding.name }),
  });
}

const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
];

function encodingFor(accepted: string, files: Files, name: string) {
  const names = accepted.split(',').map((one) => one.split(';')[0]?.trim());
  return encodings.find((one) => names.includes(one.name) && files.has(name + one.ending)) ?? null;
}

function readFiles(dist: string): Files {
  const names = namesIn(dist);
  return new Map(
    names.map((name) => [`/${name.split(sep).join('/')}`, new Uint8Array(readFileSync(join(dist, name)))]),
  );
}

function namesIn(dist: string): string[] {
  try {
    return readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) !== '');
  } catch {
    return [];
  }
}
