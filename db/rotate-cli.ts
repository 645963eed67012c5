/**
 * `npm run rotate-key`: a new data key, and everything sealed anew with it, while the product runs. With `NEW_SECRET_KEY` set the
 * keys are wrapped with that secret from now on: start the processes with it as `SECRET_KEY` the next time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from './connect.ts';
import { startEmbedded } from './embedded/server.ts';
import { rotateKey } from './rotate.ts';

/** Processes hear of a new key at once; this is for one that was just reconnecting. */
const HEARING_MS = 5000;

const secret = process.env['SECRET_KEY'];
const newSecret = process.env['NEW_SECRET_KEY'];
if (!secret) throw new Error('SECRET_KEY: set the secret that the product runs with.');
const embedded = process.env['DATABASE_URL']
  ? null
  : await startEmbedded({ dataDir: process.env['DATA_DIR'] ?? '.data', mode: 'own' });
const { sql, close } = connect(process.env['DATABASE_URL'] ?? embedded?.url ?? '', { max: 3 });
try {
  const total = await rotateKey(sql, {
    secret,
    ...(newSecret && { newSecret }),
    heard: () => pause(HEARING_MS),
    report: (place, resealed) => console.log(`${place}: ${resealed}`),
  });
  console.log(`${total} values are sealed with the new key.`);
} finally {
  await close();
  await embedded?.stop();
}
