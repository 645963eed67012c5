/**
 * Run after each install: says shorter what drizzle-orm exports. Its package.json names 447 modules one by one, 179 KB, and Node reads
 * them anew for every file that it loads from there: that was half of the time in which any program of ours starts. A pattern says
 * the same of all that are named after their file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../../node_modules/drizzle-orm/package.json', import.meta.url));

/** What each name leads to, condition by condition. */
type Exports = Record<string, unknown>;

/** The same with every name that is its file's behind one pattern; null when no pattern fits. */
function shortened(exports: Exports): Exports | null {
  const model = exports['./sql/sql'];
  if (!model) return null;
  const pattern = JSON.stringify(model).replaceAll('/sql/sql', '/*');
  const isNamedAfterFile = (name: string) => JSON.stringify(exports[name]) === pattern.replaceAll('/*', name.slice(1));
  const others = Object.entries(exports).filter(([name]) => !isNamedAfterFile(name));
  return { ...Object.fromEntries(others), './*': JSON.parse(pattern) as unknown };
}

const named = JSON.parse(readFileSync(path, 'utf8')) as { exports: Exports };
const exports = './*' in named.exports ? null : shortened(named.exports);
if (exports) writeFileSync(path, `${JSON.stringify({ ...named, exports })}\n`);
