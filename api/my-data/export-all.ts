/** Everything that is held about somebody, as one JSON: written part by part, page by page, so that a large account needs no more memory. */
import { accountActs } from '../../db/schema/access.ts';
import { exportsOfAll, attempt } from '../access/limits.ts';
import type { Ctx } from '../context.ts';
import { readers } from './export-parts.ts';
import { parts } from './held.ts';
import { ownerOf, type Owner } from './owner.ts';
import { ensureProven } from './prove.ts';

/** Rises when a part changes its shape. */
const VERSION = 1;

/**
 * Gives the export, once the code has proved whose it is. That it was taken is recorded before anything is given.
 * @returns pieces of the JSON; when something fails in the middle it ends without its last bracket, and is no JSON
 * @throws wrong-code, too-many-attempts, no-phone-to-prove
 */
export async function exportAll(ctx: Ctx, code: string): Promise<AsyncGenerator<string>> {
  const owner = ownerOf(ctx);
  await ensureProven(ctx, 'export', code);
  await attempt(ctx, exportsOfAll, owner.accountId);
  const { accountId } = owner;
  await ctx.db.insert(accountActs).values({ accountId, what: 'exported', byId: accountId, at: ctx.clock() });
  return write(ctx, owner);
}

async function* write(ctx: Ctx, owner: Owner): AsyncGenerator<string> {
  const head = { format: 'tuiguan-export', version: VERSION, madeAt: ctx.clock().toISOString(), language: ctx.locale };
  yield JSON.stringify(head).slice(0, -1);
  for (const part of parts) {
    yield `,\n${JSON.stringify(part)}:[`;
    let isFirst = true;
    for (let page = await readers[part](ctx, owner, null); page; page = await readers[part](ctx, owner, page.cursor)) {
      yield (isFirst ? '' : ',\n') + page.rows.map((row) => JSON.stringify(row)).join(',\n');
      isFirst = false;
    }
    yield ']';
  }
  yield '}\n';
}
