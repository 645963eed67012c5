/** Starts this process as its environment says, prints where it is, and stops cleanly. */
import { readConfig, type Config } from './api/config.ts';
import { openLog, startFault } from './api/log.ts';
import { demoSignIns } from './db/seed/demo/index.ts';
import type { House } from './house.ts';
import { say, sourceLocale } from './locales/index.ts';

const config = orLeave(() => readConfig(process.env));
const log = openLog(config);
for (const warning of config.warnings) log.warn(warning);

// A wrong environment is told at once, before the whole house is loaded.
const { openHouse } = await import('./house.ts');
const house = await openHouse(config, log).catch((error: Error) => {
  log.debug({ err: error });
  console.error(startFault(error));
  process.exit(1);
});

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    house.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping');
        process.exit(1);
      },
    );
  });
}

// In one piece, so that whoever reads it by program has all of it at once.
console.log([...greeting(house, config)].join('\n'));

function orLeave(read: () => Config): Config {
  try {
    return read();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

function* greeting({ url, simulator }: House, { demo, ROLE }: Config): Generator<string> {
  const t = (key: string, params = {}) => say(sourceLocale, `start:${key}`, params);
  if (!url) return yield t('runs', { role: ROLE });
  yield '';
  for (const [name, path] of [
    ['people', '/'],
    ['staff', '/staff'],
    ...(simulator ? [['simulator', '/simulator']] : []),
    ['api', '/openapi.json'],
  ] as const) {
    yield `  ${t(`places.${name}`)}  ${url}${path}`;
  }
  if (!demo) return;
  yield '';
  yield t('demo');
  for (const { name, phone, as, idNumber } of demoSignIns)
    yield `  ${phone}  ${name}  ${say(sourceLocale, `demo:signIn.${as}`)}${idNumber ? `  ${idNumber}` : ''}`;
  yield '';
}
