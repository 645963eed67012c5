/**
 * `npm run rotate-key`: a new data key, and everything sealed anew with it, while the product runs. It may be stopped at any
 * moment, by force too; the next run goes on. With `NEW_SECRET_KEY` (or `NEW_SECRET_KEY_FILE`) the keys are wrapped with that secret
 * from now on: start the processes with it as `SECRET_KEY` the next time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from './connect.ts';
import { startEmbedded } from './embedded/server.ts';
import { rotateKey } from './rotate.ts';
import { readSecretKey } from './secret-key.ts';

/** Processes hear of a new key at once; this is for one that was just reconnecting. */
const HEARING_MS = 5000;

async function run(): Promise<void> {
  const { env } = process;
  const { secret, warning } = readSecretKey(env, 'SECRET_KEY');
  const renewed = readSecretKey(env, 'NEW_SECRET_KEY');
  if (!secret) throw new Error('SECRET_KEY (or SECRET_KEY_FILE): set the secret that the product runs with.');
  for (const line of [warning, renewed.warning]) if (line) console.error(line);
  const embedded = env['DATABASE_URL']
    ? null
    : await startEmbedded({ dataDir: env['DATA_DIR'] || '.data', mode: 'own' });
  const { sql, close } = connect(env['DATABASE_URL'] || (embedded?.url ?? ''), { max: 3 });
  try {
    const total = await rotateKey(sql, {
      secret,
      ...(renewed.secret && { newSecret: renewed.secret }),
      heard: () => pause(HEARING_MS),
      report: (place, resealed) => console.log(`${place}: ${resealed}`),
    });
    console.log(`${total} values are sealed with the new key.`);
  } finally {
    await close();
    await embedded?.stop();
  }
}

await run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
