/**
 * `npm run restore -- FILE`: brings a backup into the database of the environment, which must be empty. `-- --check FILE` only reads
 * it and says whether it is whole. Ends with 0, or with 1 and a database as empty as it was.
 */
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSecretKey } from '../secret-key.ts';
import { withDatabaseAsItIs } from '../with-database.ts';
import type { Manifest } from './form.ts';
import { readBackup } from './read.ts';
import { restore } from './restore.ts';
import { words } from './words.ts';

async function check(file: string): Promise<Manifest> {
  const passOver = async (_table: string, _copy: string, rows: AsyncIterable<Buffer>) => {
    const all = rows[Symbol.asyncIterator]();
    while (!(await all.next()).done);
  };
  return readBackup(createReadStream(file), { head: async () => undefined, table: passOver });
}

async function bring(file: string): Promise<Manifest> {
  const { env } = process;
  const { secret, warning } = readSecretKey(env, 'SECRET_KEY');
  if (warning) console.error(warning);
  const wanted = { DATABASE_URL: env['DATABASE_URL'] || undefined, DATA_DIR: env['DATA_DIR'] || '.data' };
  const manifest = await withDatabaseAsItIs(wanted, ({ sql }) => restore(sql, createReadStream(file), secret));
  if (!secret) console.log('SECRET_KEY is not set: whether it opens what is sealed will be seen at the next start.');
  return manifest;
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new Error('npm run restore -- [--check] FILE');
  console.log(words(file, await (values.check ? check(file) : bring(file))));
  if (!values.check) console.log('It is in the database. Run npm run audit before people come in.');
}

await run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
