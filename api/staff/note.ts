/** Records a change of staff, and tells whom it concerns. */
import { staffEvents, type Role, type StaffAct } from '../../db/schema/access.ts';
import { ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { plain, unitName, words, type NewMessage } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';

export interface Noted {
  act: StaffAct;
  unitId: string;
  role: Role;
  name: string | null;
  accountId?: string | null;
  /** Why, in the actor's words. */
  why?: string | null;
  toUnitId?: string;
}

/** Writes the event, in the transaction that makes the change. */
export async function noteChange(ctx: Ctx, { name, why, ...noted }: Noted): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  await ctx.db
    .insert(staffEvents)
    .values({ ...noted, name: name ?? '', words: why || null, at: ctx.clock(), byId: accountId });
}

/** Tells somebody what became of their post, in the transaction that makes the change. */
export async function tellChange(ctx: Ctx, accountId: string, template: string, noted: Noted): Promise<void> {
  const { actor, chatKey } = ctx;
  const by = ensurePerson(actor);
  const params = {
    unit: unitName(noted.toUnitId ?? noted.unitId),
    role: words(`notices:roles.${noted.role}`),
    name: plain(noted.name ?? ''),
    who: by.name ? plain(by.name) : words('notices:someone'),
  };
  const notice: NewMessage = { to: { accountId }, form: 'notice', template, params };
  const alreadySaid = chatKey !== undefined && by.accountId === accountId;
  await enqueue(ctx, [{ ...notice, alreadySaid }]);
}
