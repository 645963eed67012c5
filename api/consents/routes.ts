/** HTTP of one's consents: each purpose with when it was given, and changing one. */
import { and, eq, isNull } from 'drizzle-orm';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { consents } from '../../db/schema/access.ts';
import { say } from '../../locales/index.ts';
import { ensurePerson } from '../access/can.ts';
import { consentPurposes, type ConsentPurpose } from '../consent-purposes.ts';
import type { Ctx } from '../context.ts';
import { router, valid } from '../http.ts';
import { changeConsent } from './change-consent.ts';

export interface ConsentLine {
  purpose: ConsentPurpose;
  /** In the reader's words: what it is, and what happens with a yes and without. */
  title: string;
  what: string;
  givenAt: string | null;
}

async function listConsents(ctx: Ctx): Promise<ConsentLine[]> {
  const { accountId } = ensurePerson(ctx.actor);
  const given = await ctx.db
    .select({ purpose: consents.purpose, givenAt: consents.givenAt })
    .from(consents)
    .where(and(eq(consents.accountId, accountId), isNull(consents.withdrawnAt)));
  return consentPurposes.map((purpose) => ({
    purpose,
    title: say(ctx.locale, `consents:${purpose}.title`),
    what: say(ctx.locale, `consents:${purpose}.what`),
    givenAt: given.find((one) => one.purpose === purpose)?.givenAt.toISOString() ?? null,
  }));
}

export const consentRoutes = router()
  .get('/me/consents', describeRoute({ summary: 'What the caller has agreed to, purpose by purpose' }), async (c) =>
    c.json(await listConsents(c.get('ctx'))),
  )
  .put(
    '/me/consents/:purpose',
    describeRoute({ summary: 'Agree to a purpose, or withdraw' }),
    valid('param', z.object({ purpose: z.enum(consentPurposes) })),
    valid('json', z.object({ agreed: z.boolean() })),
    async (c) => {
      const ctx = c.get('ctx');
      const { accountId } = ensurePerson(ctx.actor);
      const { purpose } = c.req.valid('param');
      const { agreed } = c.req.valid('json');
      await ctx.db.transaction((tx) => changeConsent({ ...ctx, db: tx }, accountId, { purpose, agreed }));
      return c.json(await listConsents(ctx));
    },
  );
