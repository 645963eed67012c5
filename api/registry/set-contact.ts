/** Whom to call about a retiree in an emergency (紧急联系人): one at a time. */
import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq } from 'drizzle-orm';
import { contacts } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';

interface Contact {
  name: string;
  relation: string;
  phone: string | null;
}

interface SetContact extends Contact {
  retireeId: string;
}

interface Receipt {
  id: string;
  now: Contact;
  /** Null when there was nobody to call. */
  before: Contact | null;
}

export const setContact = defineEffect<SetContact, Receipt>({
  name: 'set-contact',
  async apply(ctx, { retireeId, name, relation, phone }) {
    const now = { name, relation, phone };
    const first = await ctx.db
      .select()
      .from(contacts)
      .where(and(eq(contacts.retireeId, retireeId), eq(contacts.emergency, true)))
      .orderBy(asc(contacts.id))
      .limit(1)
      .for('update');
    const [held] = first;
    if (held) {
      await ctx.db.update(contacts).set(now).where(eq(contacts.id, held.id));
      return { id: held.id, now, before: { name: held.name, relation: held.relation, phone: held.phone } };
    }
    const [made] = await ctx.db
      .insert(contacts)
      .values({ ...now, retireeId, emergency: true })
      .returning({ id: contacts.id });
    return { id: made?.id ?? '', now, before: null };
  },
  async undo(ctx, { id, now, before }) {
    if (!isDeepStrictEqual(await contactOf(ctx, id), now)) throw laterFacts('contact');
    if (before) await ctx.db.update(contacts).set(before).where(eq(contacts.id, id));
    else await ctx.db.delete(contacts).where(eq(contacts.id, id));
  },
});

async function contactOf(ctx: Ctx, id: string): Promise<Contact | null> {
  const [row] = await ctx.db
    .select({ name: contacts.name, relation: contacts.relation, phone: contacts.phone })
    .from(contacts)
    .where(eq(contacts.id, id))
    .for('update');
  return row ?? null;
}
