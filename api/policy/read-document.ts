/** Documents for whoever reads them: the list, one with its articles, and one article with what it is in plain words. */
import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { documentParts, documents, partKinds } from '../../db/schema/policy.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { dayOf, type PlainDate } from '../dates.ts';
import { allServices } from '../engine/catalogue.ts';
import { serviceKey } from '../engine/texts.ts';
import { notFound } from '../errors.ts';
import { regulation } from '../rulebook.ts';
import { explained } from './plain.ts';

export type Document = typeof documents.$inferSelect;
export type DocumentPart = typeof documentParts.$inferSelect;

/** Of which there are few in a city. */
const MOST_DOCUMENTS = 200;

/** What a question can lead to. */
export const FINDABLE = inArray(documentParts.kind, ['article', 'item']);

export const documentLine = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  issuer: z.string(),
  issuedOn: z.iso.date().nullable(),
  inForceFrom: z.iso.date().nullable(),
  inForceUntil: z.iso.date().nullable(),
  /** Whether it holds today: not yet, now, or no longer. */
  holds: z.enum(['not-yet', 'now', 'over']),
  /** Whether its text is there, or only its articles in plain words. */
  hasText: z.boolean(),
});
export type DocumentLine = z.infer<typeof documentLine>;

const partLine = z.object({ kind: z.enum(partKinds), label: z.string(), title: z.string() });
export const documentView = documentLine.extend({ parts: z.array(partLine) });
export type DocumentView = z.infer<typeof documentView>;

const passage = z.object({
  label: z.string(),
  title: z.string(),
  /** In plain words; empty where nobody has written any. */
  plain: z.string(),
  /** As it was issued; empty while nobody has brought it in. */
  text: z.string(),
});
export const articleView = passage.extend({
  document: documentLine,
  kind: z.enum(partKinds),
  /** Of an article: its items. */
  items: z.array(passage),
  /** What can be applied for by it. */
  services: z.array(z.object({ kind: z.string(), title: z.string() })),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ArticleView = z.infer<typeof articleView>;

/** The newest first. */
export async function listDocuments(ctx: Ctx): Promise<DocumentLine[]> {
  const rows = await ctx.db
    .select()
    .from(documents)
    .orderBy(desc(documents.inForceFrom), desc(documents.id))
    .limit(MOST_DOCUMENTS);
  return rows.map((row) => lineOf(ctx, row));
}

/** One document with the names of its parts. @throws not-found */
export async function readDocument(ctx: Ctx, id: string): Promise<DocumentView> {
  const [found] = await ctx.db.select().from(documents).where(eq(documents.id, id));
  if (!found) throw notFound();
  const parts = await ctx.db
    .select()
    .from(documentParts)
    .where(eq(documentParts.documentId, id))
    .orderBy(asc(documentParts.position));
  return {
    ...lineOf(ctx, found),
    parts: parts.map((part) => ({
      kind: part.kind,
      label: part.label,
      title: part.kind === 'chapter' ? part.title : explained(ctx.locale, found.number, part).title,
    })),
  };
}

/** An article, item or annex; of the regulation when no document is named. @throws not-found */
export async function readArticle(ctx: Ctx, label: string, documentId?: string): Promise<ArticleView> {
  const [found] = await ctx.db
    .select({ document: documents, part: documentParts })
    .from(documentParts)
    .innerJoin(documents, eq(documents.id, documentParts.documentId))
    .where(
      and(
        documentId ? eq(documents.id, documentId) : eq(documents.number, regulation.number),
        eq(documentParts.label, label),
      ),
    );
  if (!found || found.part.kind === 'chapter') throw notFound();
  const { document, part } = found;
  const around = await neighbours(ctx, part);
  const view = (one: DocumentPart) => ({
    label: one.label,
    ...explained(ctx.locale, document.number, one),
    text: one.text,
  });
  const items = around.filter(({ kind, label: one }) => kind === 'item' && one.startsWith(`${part.label}（`));
  const at = around.findIndex((one) => one.label === part.label);
  const readable = around.filter(({ kind }) => kind !== 'chapter');
  const here = readable.findIndex((one) => one.label === part.label);
  return {
    ...view(part),
    document: lineOf(ctx, document),
    kind: part.kind,
    items: at === -1 ? [] : items.map(view),
    services: document.number === regulation.number ? servicesBy(ctx, part.label) : [],
    before: readable[here - 1]?.label ?? null,
    after: readable[here + 1]?.label ?? null,
  };
}

/** The part with those around it: its items, and what comes before and after. */
function neighbours(ctx: Ctx, part: DocumentPart): Promise<DocumentPart[]> {
  const near = sql`${documentParts.position} between ${part.position - 2} and ${part.position + 2}`;
  return ctx.db
    .select()
    .from(documentParts)
    .where(
      and(
        eq(documentParts.documentId, part.documentId),
        or(near, sql`${documentParts.label} like ${`${part.label}（%`}`),
      ),
    )
    .orderBy(asc(documentParts.position));
}

/** Services that carry out an article, or an item of it, and that somebody can begin. */
export function servicesBy(ctx: Ctx, label: string): { kind: string; title: string }[] {
  return allServices()
    .filter(
      ({ basis, open }) =>
        basis.some((one) => one === label || one.startsWith(`${label}（`)) && open.by?.some((one) => one !== 'counter'),
    )
    .map(({ kind }) => ({ kind, title: say(ctx.locale, serviceKey(kind, 'title')) }));
}

export function lineOf(ctx: Ctx, row: Document): DocumentLine {
  const today = dayOf(ctx.clock());
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    issuer: row.issuer,
    issuedOn: row.issuedOn,
    inForceFrom: row.inForceFrom,
    inForceUntil: row.inForceUntil,
    holds: holdsOn(row, today),
    hasText: row.enteredAt !== null,
  };
}

function holdsOn({ inForceFrom, inForceUntil }: Document, today: PlainDate): DocumentLine['holds'] {
  if (inForceFrom && inForceFrom > today) return 'not-yet';
  return inForceUntil && inForceUntil < today ? 'over' : 'now';
}
