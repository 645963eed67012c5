/** Who changed which setting of a unit, what it was before and what it became. */
import { and, desc, eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/access.ts';
import { settingChanges, type SettingKind } from '../../db/schema/settings.ts';
import { say } from '../../locales/index.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { serviceKey } from '../engine/texts.ts';
import { hoursWords } from '../opening-words.ts';
import { unitOf, type UnitSettings } from './unit-settings.ts';

const PAGE = 20;

export interface NotedSetting {
  unitId: string;
  what: SettingKind;
  about?: string;
  before: unknown;
  after: unknown;
}

/** Writes it down, in the transaction that makes the change. */
export async function noteSetting({ db, clock, actor }: Ctx, noted: NotedSetting): Promise<void> {
  await db.insert(settingChanges).values({ ...noted, at: clock(), byId: ensurePerson(actor).accountId });
}

export const settingChange = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  by: z.string().nullable(),
  /** What was changed, in words, where a unit has several of the kind. */
  about: z.string().nullable(),
  /** Line by line; empty for nothing. */
  before: z.array(z.string()),
  after: z.array(z.string()),
});
export type SettingChange = z.infer<typeof settingChange>;

/** The newest first. @throws not-signed-in, not-allowed, not-found */
export async function settingHistory(
  ctx: Ctx,
  { unit: unitId, what, before }: { unit: string; what: SettingKind; before?: string | undefined },
): Promise<SettingChange[]> {
  ensureCan(ctx.actor, 'settings.read', { unitPath: unitOf(ctx, unitId).path });
  const rows = await ctx.db
    .select({ change: settingChanges, by: accounts.name })
    .from(settingChanges)
    .leftJoin(accounts, eq(accounts.id, settingChanges.byId))
    .where(
      and(
        eq(settingChanges.unitId, unitId),
        eq(settingChanges.what, what),
        before ? lt(settingChanges.id, before) : undefined,
      ),
    )
    .orderBy(desc(settingChanges.id))
    .limit(PAGE);
  return rows.map(({ change, by }) => ({
    id: change.id,
    at: change.at.toISOString(),
    by,
    about: aboutOf(ctx, change),
    before: wordsOf(ctx, what, change.before),
    after: wordsOf(ctx, what, change.after),
  }));
}

/** Which service and verb it was about; a unit has one phone and hours only. */
function aboutOf({ locale }: Ctx, { what, about }: typeof settingChanges.$inferSelect): string | null {
  const [kind = '', of = '', language] = about.split(' ');
  if (what === 'unit') return null;
  const title = say(locale, serviceKey(kind, 'title'));
  if (what === 'reasons') return `${title} · ${say(locale, `engine:verbs.${of}.label`)}`;
  const when = say(locale, `settings:words.when.${of.replace('gentle.', '')}`);
  return `${title} · ${when} · ${say(locale, `chat:language.names.${language}`)}`;
}

function wordsOf(ctx: Ctx, what: SettingKind, setting: unknown): string[] {
  return what === 'unit' ? unitWords(ctx, setting as UnitSettings) : (setting as string[]);
}

function unitWords({ locale, clock }: Ctx, { phone, hours }: UnitSettings): string[] {
  return [
    phone ? say(locale, 'settings:unit.phoneIs', { phone }) : say(locale, 'settings:unit.noPhone'),
    ...(hours ? hoursWords(locale, hours, dayOf(clock())) : []),
  ];
}
