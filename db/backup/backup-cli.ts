/**
 * `npm run backup -- FILE`: copies the database as it is at this moment into FILE, while the product runs. Ends with 0, or with 1
 * and no FILE. The secret is not in it: keep that apart, or nothing of what is sealed can be read again.
 */
import { createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { withDatabaseAsItIs } from '../with-database.ts';
import { backUp } from './back-up.ts';
import type { Manifest } from './form.ts';
import { words } from './words.ts';

/** It is complete when it has its name, and on the disk when the command ends. */
async function writeBackup(file: string): Promise<Manifest> {
  if (await exists(file)) throw new Error(`${file} is there already.`);
  const unfinished = `${file}.unfinished`;
  const { env } = process;
  const wanted = { DATABASE_URL: env['DATABASE_URL'] || undefined, DATA_DIR: env['DATA_DIR'] || '.data' };
  try {
    const manifest = await withDatabaseAsItIs(wanted, ({ sql }) =>
      backUp(sql, createWriteStream(unfinished, { mode: 0o600 }), new Date()),
    );
    const written = await open(unfinished, 'r+');
    await written.sync();
    await written.close();
    await rename(unfinished, file);
    return manifest;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function run(): Promise<void> {
  const [file, ...more] = parseArgs({ allowPositionals: true }).positionals;
  if (!file || more.length > 0) throw new Error('npm run backup -- FILE');
  console.log(words(file, await writeBackup(file)));
  console.log(
    'The secret (SECRET_KEY) is not in it: keep it elsewhere. Without it names and numbers cannot be read again.',
  );
}

await run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
