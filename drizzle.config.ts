import { defineConfig } from 'drizzle-kit';

/** `npm run migrate:new` compares the schema with the migrations and writes the next one. */
export default defineConfig({ dialect: 'postgresql', schema: './db/schema/index.ts', out: './db/migrations' });
