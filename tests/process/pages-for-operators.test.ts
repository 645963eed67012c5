/** What `docs/operate.md`, `SECURITY.md` and the READMEs name is there: files, commands, variables, metrics. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { variables } from '../../api/config.ts';
import { openMetrics } from '../../api/metrics/metrics.ts';
import { watchStock } from '../../api/metrics/stock.ts';

const pages = ['docs/operate.md', 'SECURITY.md', 'README.md', 'README.zh-CN.md'];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
/** Of containers and of other commands. */
const others = ['SITE', 'POSTGRES_PASSWORD', 'NEW_SECRET_KEY', 'NEW_SECRET_KEY_FILE', 'CONNECTION_', 'KEEP_'];

test.each(pages)('%s names only what is there', (page) => {
  const text = readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\(([^)#]+)/g)].map(([, to = '']) => join(dirname(page), to));
  expect(links.filter((to) => !existsSync(to))).toEqual([]);
  const commands = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  const named = [...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)*_[A-Z]*/g)].map(([name]) => name);
  expect(named.filter((name) => !(name in variables) && !others.includes(name))).toEqual([]);
  const { registry } = openMetrics({ role: 'web', pool: 1 });
  // Only their names are asked for: nothing is read.
  watchStock(registry, undefined as never, () => new Date());
  const metrics = [...text.matchAll(/\btuiguan_\w+/g)].map(([name]) => name);
  expect(metrics.filter((name) => !registry.getSingleMetric(name))).toEqual([]);
});
