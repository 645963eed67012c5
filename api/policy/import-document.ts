/** Brings a document in: what was read from a text is looked at by somebody before it is kept, and found from then on. */
import { and, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { documentParts, documents, partKinds } from '../../db/schema/policy.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import type { PlainDate } from '../dates.ts';
import { notFound } from '../errors.ts';
import { articleEntry, articleRef } from './entries.ts';
import { documentBackwards, labelTwice, noArticles } from './errors.ts';
import { dropEntry, indexEntries } from './index-entries.ts';
import { parseDocument, type ParsedDocument, type Part } from './parse.ts';
import { documentLine, FINDABLE, lineOf, type DocumentLine } from './read-document.ts';

const part = z.object({ kind: z.enum(partKinds), label: z.string(), title: z.string(), text: z.string() });
export const documentPreview = z.object({
  number: z.string(),
  title: z.string(),
  issuer: z.string(),
  issuedOn: z.iso.date().nullable(),
  inForceFrom: z.iso.date().nullable(),
  inForceUntil: z.iso.date().nullable(),
  parts: z.array(part),
  /** Sentences that a page broke, and where they were put together. */
  mended: z.array(z.object({ label: z.string(), before: z.string(), after: z.string() })),
  doubts: z.array(z.object({ why: z.enum(['missing', 'twice', 'no-date', 'no-number']), label: z.string() })),
  /** Its number is known: it will be replaced. */
  replaces: documentLine.nullable(),
  /** Others of the same title that are in force in the same time. */
  besides: z.array(documentLine),
});
export type DocumentPreview = z.infer<typeof documentPreview>;

/** What is kept of a document. */
export interface DocumentInput {
  number: string;
  title: string;
  issuer: string;
  issuedOn: PlainDate | null;
  inForceFrom: PlainDate | null;
  inForceUntil: PlainDate | null;
  parts: Part[];
}

const MOST_BESIDES = 10;

/** What a text would become. Nothing is written. @throws not-signed-in, not-found, policy-no-articles */
export async function previewDocument(ctx: Ctx, text: string): Promise<DocumentPreview> {
  ensureCan(ctx.actor, 'policy.write', null);
  const parsed = parseDocument(text);
  if (!hasArticles(parsed.parts)) throw noArticles();
  const [known] = await ctx.db.select().from(documents).where(eq(documents.number, parsed.number));
  return {
    ...parsed,
    replaces: known && known.enteredAt ? lineOf(ctx, known) : null,
    besides: await besides(ctx, parsed),
  };
}

/**
 * Keeps a document; one with the same number is replaced, and what was explained of its articles stays.
 * @throws not-signed-in, not-found, policy-no-articles, policy-backwards, policy-label-twice
 */
export async function saveDocument(ctx: Ctx, input: DocumentInput): Promise<{ id: string }> {
  ensureCan(ctx.actor, 'policy.write', null);
  const { accountId } = ensurePerson(ctx.actor);
  return keepDocument(ctx, input, accountId);
}

/** The same for whoever holds the machine (`npm run import -- policy`). @throws policy-no-articles, policy-backwards, policy-label-twice */
export async function keepDocument(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  input: DocumentInput,
  by: string | null,
): Promise<{ id: string }> {
  const { parts, ...facts } = input;
  ensureSound(input);
  return ctx.db.transaction(async (tx) => {
    const entered = { enteredAt: ctx.clock(), enteredBy: by };
    const [kept] = await tx
      .insert(documents)
      .values({ ...facts, ...entered })
      .onConflictDoUpdate({ target: documents.number, set: { ...facts, ...entered } })
      .returning({ id: documents.id, number: documents.number });
    if (!kept) throw notFound();
    const before = await tx
      .delete(documentParts)
      .where(eq(documentParts.documentId, kept.id))
      .returning({ label: documentParts.label, plain: documentParts.plain });
    const plain = new Map(before.map((one) => [one.label, one.plain]));
    const rows = parts.map((one, position) => ({
      ...one,
      documentId: kept.id,
      position,
      plain: plain.get(one.label) ?? '',
    }));
    await tx.insert(documentParts).values(rows);
    const found = rows.filter(({ kind }) => kind === 'article' || kind === 'item');
    for (const { label } of before) {
      if (!found.some((one) => one.label === label)) await dropEntry(tx, 'article', articleRef(kept.id, label));
    }
    await indexEntries(
      tx,
      found.map((one) => articleEntry(kept, one)),
    );
    return { id: kept.id };
  });
}

/** Explains an article in plain words; empty gives the product's own back. @throws not-signed-in, not-found */
export async function explainArticle(ctx: Ctx, documentId: string, label: string, plain: string): Promise<void> {
  ensureCan(ctx.actor, 'policy.write', null);
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(documentParts)
      .set({ plain })
      .where(and(eq(documentParts.documentId, documentId), eq(documentParts.label, label), FINDABLE))
      .returning();
    const [document] = await tx.select().from(documents).where(eq(documents.id, documentId));
    if (!row || !document) throw notFound();
    await indexEntries(tx, [articleEntry(document, row)]);
  });
}

const hasArticles = (parts: readonly { kind: string }[]): boolean => parts.some(({ kind }) => kind === 'article');

function ensureSound({ parts, inForceFrom, inForceUntil }: DocumentInput): void {
  if (!hasArticles(parts)) throw noArticles();
  if (inForceFrom && inForceUntil && inForceUntil < inForceFrom) throw documentBackwards();
  const seen = new Set<string>();
  for (const { label } of parts) {
    if (seen.has(label)) throw labelTwice(label);
    seen.add(label);
  }
}

async function besides(ctx: Ctx, parsed: ParsedDocument): Promise<DocumentLine[]> {
  const rows = await ctx.db
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.title, parsed.title),
        ne(documents.number, parsed.number),
        sql`daterange(${documents.inForceFrom}, ${documents.inForceUntil}, '[]')
            && daterange(${parsed.inForceFrom}::date, ${parsed.inForceUntil}::date, '[]')`,
      ),
    )
    .limit(MOST_BESIDES);
  return rows.map((row) => lineOf(ctx, row));
}
