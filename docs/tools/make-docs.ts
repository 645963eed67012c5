/** `npm run docs`: prints the pages of `docs/` that come from the code. With `--check` it only says whether they are current. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { printedPages } from './pages.ts';

const check = process.argv.includes('--check');
let stale = 0;
for (const [path, text] of Object.entries(printedPages())) {
  const wanted = await format(text, { parser: 'markdown', printWidth: 120 });
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) continue;
  stale += 1;
  if (check) console.error(`${path} is not what the code says: run npm run docs.`);
  else writeFileSync(path, wanted);
}
process.exitCode = check && stale > 0 ? 1 : 0;
