/** A domain of toys for the five hardest services: its own tables, its effects with their inverses, and enterprises to sign in as. */
import { eq, sql } from 'drizzle-orm';
import type { House } from '../../../house.ts';
import { retirees } from '../../../db/schema/registry.ts';
import { blindIndex } from '../../../db/vault.ts';
import { ensurePerson } from '../../../api/access/can.ts';
import type { Ctx } from '../../../api/context.ts';
import { defineEffect, laterFacts } from '../../../api/engine/effect.ts';
import type { NamedPerson } from '../../../api/engine/questions/person.ts';
import { defineSubject } from '../../../api/engine/subjects.ts';
import { moveCare } from '../../../api/registry/move-care.ts';
import { moveHome } from '../../../api/registry/move-home.ts';
import type { Place } from '../../../db/schema/registry.ts';

export async function layToyTables({ connection }: House): Promise<void> {
  await connection.sql.unsafe(`
    create table toy_budgets (unit_id text primary key, reserved int not null default 0 check (reserved >= 0),
      spent int not null default 0 check (reserved + spent <= 300000));
    create table toy_tasks (id uuid primary key default uuidv7(), unit_id text not null, what text not null);
    create table toy_certified (retiree_id uuid primary key, day date not null);
    create table toy_enterprises (id uuid primary key default uuidv7(), account_id uuid not null, name text not null)`);
}

interface Reserved {
  unitId: string;
  fen: number;
}

const budget = (ctx: Ctx, { unitId, fen }: Reserved, spent = 0) =>
  ctx.db.execute(sql`
    insert into toy_budgets as b (unit_id, reserved, spent) values (${unitId}, ${Math.max(fen, 0)}, ${spent})
    on conflict (unit_id) do update set reserved = b.reserved + ${fen}, spent = b.spent + ${spent}`);

export const reserve = defineEffect<Reserved, Reserved>({
  name: 'toy-reserve',
  async apply(ctx, reserved) {
    await budget(ctx, reserved);
    return reserved;
  },
  undo: async (ctx, { unitId, fen }) => void (await budget(ctx, { unitId, fen: -fen })),
});

export const release = defineEffect<Reserved, Reserved>({
  name: 'toy-release',
  async apply(ctx, reserved) {
    await budget(ctx, { ...reserved, fen: -reserved.fen });
    return reserved;
  },
  undo: async (ctx, reserved) => void (await budget(ctx, reserved)),
});

/** Money that is out of the house does not come back by a button. */
export const spend = defineEffect<Reserved & { on: string }, Reserved>({
  name: 'toy-spend',
  async apply(ctx, { unitId, fen }) {
    await budget(ctx, { unitId, fen: -fen }, fen);
    return { unitId, fen };
  },
  async undo() {
    throw laterFacts('paid');
  },
});

export const task = defineEffect<{ unitId: string; what: string }, { id: string }>({
  name: 'toy-task',
  async apply(ctx, { unitId, what }) {
    const [row] = await ctx.db.execute<{ id: string }>(
      sql`insert into toy_tasks (unit_id, what) values (${unitId}, ${what}) returning id`,
    );
    return { id: row?.id ?? '' };
  },
  undo: async (ctx, { id }) => void (await ctx.db.execute(sql`delete from toy_tasks where id = ${id}`)),
});

export const certify = defineEffect<{ retireeId: string; on: string }, { retireeId: string }>({
  name: 'toy-certify',
  async apply(ctx, { retireeId, on }) {
    await ctx.db.execute(sql`insert into toy_certified values (${retireeId}, ${on}::date)`);
    return { retireeId };
  },
  undo: async (ctx, { retireeId }) =>
    void (await ctx.db.execute(sql`delete from toy_certified where retiree_id = ${retireeId}`)),
});

export const markDeceased = defineEffect<{ retireeId: string; on: string }, { retireeId: string }>({
  name: 'toy-mark-deceased',
  async apply(ctx, { retireeId, on }) {
    await ctx.db.update(retirees).set({ diedOn: on }).where(eq(retirees.id, retireeId));
    return { retireeId };
  },
  async undo(ctx, { retireeId }) {
    await ctx.db.update(retirees).set({ diedOn: null }).where(eq(retirees.id, retireeId));
  },
});

interface Enrol {
  person: NamedPerson;
  home: { communityId: string; place: Place };
  since: string;
  insuredAt: string;
}

export const enrol = defineEffect<Enrol, { retireeId: string }>({
  name: 'toy-enrol',
  async apply(ctx, { person, home, since, insuredAt }, cause) {
    const [row] = await ctx.db
      .insert(retirees)
      .values({
        name: person.name,
        sex: 'female',
        born: `${person.idNumber.slice(6, 10)}-${person.idNumber.slice(10, 12)}-${person.idNumber.slice(12, 14)}`,
        idNumber: person.idNumber,
        idNumberIndex: blindIndex('id', person.idNumber),
        insuredAt,
      })
      .returning({ id: retirees.id });
    const retireeId = row?.id ?? '';
    const day = since as Parameters<typeof moveCare>[0]['since'];
    await moveCare.definition.apply(ctx, { retireeId, unitId: cause.unitId, since: day }, cause);
    await moveHome.definition.apply(ctx, { retireeId, ...home, since: day }, cause);
    return { retireeId };
  },
  async undo() {
    throw laterFacts('care');
  },
});

/** Signs an account in as an enterprise's. */
export async function makeEnterprise({ connection }: House, phoneOwner: string, name: string): Promise<void> {
  await connection.sql`insert into toy_enterprises (account_id, name) values (${phoneOwner}, ${name})`;
}

async function enterprise(ctx: Ctx, where: ReturnType<typeof sql>) {
  const [row] = await ctx.db.execute<{ id: string; name: string; first: boolean }>(sql`
    select id, name, not exists (select from cases c where c.subject_id = e.id and c.status = 'approved') as first
      from toy_enterprises e where ${where}`);
  return row ? { id: row.id, name: row.name, firstTime: row.first } : null;
}

defineSubject('enterprise', {
  choose: (ctx) => enterprise(ctx, sql`account_id = ${ensurePerson(ctx.actor).accountId}`),
  load: (ctx, id) => enterprise(ctx, sql`id = ${id}`),
});
