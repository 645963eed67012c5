/** 公示: what anybody may read of a case while it is on public notice, and how they object. Nothing else of the case is shown. */
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { cases } from '../../../db/schema/engine.ts';
import { say } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import { allServices, serviceOf, stepOf } from '../catalogue.ts';
import { readingRoom, type CaseRow } from '../drafts/load.ts';
import type { AnyStep, Service } from '../service.ts';
import { loadSubject } from '../subjects.ts';
import { serviceKey } from '../texts.ts';
import { caseView } from './about.ts';
import { asValues, ownAnswers } from './answers.ts';
import { liveReceipts } from './effects.ts';
import { factsOf } from './facts.ts';
import { findCase } from './find.ts';
import { viewLine, viewVerb } from './lines.ts';
import { verbView } from './shapes.ts';

const PAGE = 20;

const noticeLine = z.object({
  number: z.string(),
  title: z.string(),
  /** The middle of the name covered: 王＊兰. */
  name: z.string(),
  /** In whose care the retiree is. */
  community: z.string().nullable(),
  unit: z.object({ id: z.string(), name: z.string(), phone: z.string().nullable() }),
  /** The days from and to which anybody may object. */
  since: z.iso.date().nullable(),
  until: z.iso.date().nullable(),
});

export const publicNotice = noticeLine.extend({
  /** What the service shows to everybody. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  object: verbView,
});
export type PublicNotice = z.infer<typeof publicNotice>;

export const noticeList = z.object({
  notices: z.array(noticeLine),
  /** To be given as `after` for the next page; null at the end. */
  next: z.string().nullable(),
});
export type PublicNotices = z.infer<typeof noticeList>;

const isPublic = (service: Service, step: string) => service.steps[step]?.by.includes('everyone') ?? false;

/** What is on public notice at the unit and below it, by the day it ends. @throws not-found when there is no such unit */
export async function publicNotices(
  ctx: Ctx,
  at: { unit: string; after?: string | undefined },
): Promise<PublicNotices> {
  const units = ctx.city.units.within(at.unit);
  if (units.length === 0) throw notFound();
  const steps = allServices().flatMap((service) => {
    const open = Object.keys(service.steps).filter((step) => isPublic(service, step));
    return open.length > 0 ? [and(eq(cases.kind, service.kind), inArray(cases.step, open))] : [];
  });
  if (steps.length === 0) return { notices: [], next: null };
  const [afterDue, afterId] = at.after?.split(',') ?? [];
  const rows = await ctx.db
    .select()
    .from(cases)
    .where(
      and(
        eq(cases.status, 'open'),
        inArray(cases.unitId, units),
        or(...steps),
        afterDue && afterId
          ? sql`(${cases.dueAt}, ${cases.id}) > (${afterDue}::timestamptz, ${afterId}::uuid)`
          : undefined,
      ),
    )
    .orderBy(cases.dueAt, cases.id)
    .limit(PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return {
    notices: await Promise.all(rows.slice(0, PAGE).map((row) => noticeOf(ctx, row, serviceOf(row.kind)))),
    next: last ? `${last.dueAt?.toISOString() ?? ''},${last.id}` : null,
  };
}

/** One public notice. @throws not-found when the case is not on public notice now */
export async function readPublicNotice(ctx: Ctx, number: string): Promise<PublicNotice> {
  const row = await findCase(ctx, number);
  if (!row) throw notFound();
  const service = serviceOf(row.kind);
  if (row.status !== 'open' || row.step === null || !isPublic(service, row.step)) throw notFound();
  return {
    ...(await noticeOf(ctx, row, service)),
    facts: await factsShown(ctx, row, service, stepOf(service, row.step)),
    object: viewVerb(ctx, await factsOf(ctx, row, service), row, service, 'object'),
  };
}

async function factsShown(ctx: Ctx, row: CaseRow, service: Service, step: AnyStep): Promise<PublicNotice['facts']> {
  if (!step.show) return [];
  const [subject, own, receipts] = await Promise.all([
    loadSubject(ctx, service.subject, row.subjectId),
    ownAnswers(ctx, row.id),
    liveReceipts(ctx, row.id),
  ]);
  const answers = asValues(service.ask.entries, own, readingRoom(ctx));
  const fields = step.show(caseView(ctx, row, { subject, answers, step: {}, receipts }) as never);
  return fields.map(({ key, value }) => ({
    label: say(ctx.locale, serviceKey(service.kind, `show.${key}.label`)),
    value: say(ctx.locale, serviceKey(service.kind, `show.${key}.value`), { value }),
  }));
}

async function noticeOf(ctx: Ctx, row: CaseRow, service: Service): Promise<PublicNotices['notices'][number]> {
  const subject = await loadSubject(ctx, service.subject, row.subjectId);
  const { number, title, unit } = viewLine(ctx, row, service, subject);
  const [since, until] = [row.clockFrom && dayOf(row.clockFrom), row.dueAt && dayOf(row.dueAt)];
  const community = subject && 'care' in subject ? (subject.care?.name ?? null) : null;
  return { number, title, unit, community, name: covered(subject?.name ?? ''), since, until };
}

/** A name that neighbours know and a search engine does not: 王＊兰, 王＊. */
function covered(name: string): string {
  const [first = '', ...rest] = [...name];
  const last = rest.length > 1 ? (rest.at(-1) ?? '') : '';
  return first + '＊'.repeat(rest.length - last.length) + last;
}
