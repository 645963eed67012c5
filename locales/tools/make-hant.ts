// `npm run texts` writes locales/zh-Hant from locales/zh-CN and zh-Hant.overrides.json. With --check it writes nothing
// and ends with 1 when what stands there is not what it would write.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flatten, localesFolder, readLanguage, writeLanguage } from './files.ts';
import { traditionalLanguage } from './hant.ts';

const overrides = JSON.parse(readFileSync(join(localesFolder, 'zh-Hant.overrides.json'), 'utf8')) as Record<
  string,
  string
>;
const made = traditionalLanguage(readLanguage('zh-CN'), overrides);

if (process.argv.includes('--check')) {
  const stale = differences(flatten(made), flatten(readLanguage('zh-Hant')));
  for (const key of stale.slice(0, 20)) console.error(`zh-Hant is not current: ${key}`);
  if (stale.length > 0) {
    console.error(`${stale.length} texts of zh-Hant are not current: run \`npm run texts\`.`);
    process.exitCode = 1;
  }
} else {
  writeLanguage('zh-Hant', made);
}

function differences(wanted: Map<string, string>, found: Map<string, string>): string[] {
  return [...new Set([...wanted.keys(), ...found.keys()])].filter((key) => wanted.get(key) !== found.get(key));
}
