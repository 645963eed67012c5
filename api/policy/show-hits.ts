/** What was found, as it is shown: read where it stands, with the rights of whoever asks; what they may not read is left out. */
import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { z } from 'zod';
import { noticeRevisions, notices } from '../../db/schema/notices.ts';
import { askKinds, documentParts, documents, publishedAnswers, type AskKind } from '../../db/schema/policy.ts';
import { hasText, say, sayAll } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { serviceKey } from '../engine/texts.ts';
import { wordsOf } from '../notices/body.ts';
import { meantBy } from '../notices/read-notices.ts';
import type { Reader } from '../notices/readers.ts';
import { regulation } from '../rulebook.ts';
import { articleRef } from './entries.ts';
import type { Found } from './find.ts';
import { explained } from './plain.ts';
import { bestSentence } from './rank.ts';
import { lineOf, servicesBy } from './read-document.ts';
import { termsOf } from './segment.ts';

export const hit = z.object({
  kind: z.enum(askKinds),
  /** The label of an article, the kind of a service, the id of a notice or an answer. */
  ref: z.string(),
  title: z.string(),
  /** Where it stands: the document, the unit; empty for a service. */
  source: z.string(),
  /** The text that answers, and the sentence in it that does; empty when only the title does. */
  passage: z.string(),
  sentence: z.string(),
  document: z.uuid().nullable(),
  /** It holds no longer. */
  over: z.boolean(),
  /** What can be begun by it. */
  services: z.array(z.object({ kind: z.string(), title: z.string() })),
});
export type Hit = z.infer<typeof hit>;

/** Longer passages are cut to the sentence that answers. */
const LONGEST_PASSAGE = 160;

/** How much a word of the title still counts in the text under it. */
const SAID = 0.1;

type Worth = ReadonlyMap<string, number>;
type Shown = [key: string, hit: Hit][];
const keyOf = (kind: AskKind, ref: string): string => `${kind} ${ref}`;

/** In the order in which they were found. */
export async function showHits(
  ctx: Ctx,
  readers: readonly Reader[],
  found: readonly Found[],
  worth: Worth,
): Promise<Hit[]> {
  const refs = (kind: AskKind) => found.filter((one) => one.kind === kind).map(({ ref }) => ref);
  const shown = await Promise.all([
    articles(ctx, refs('article'), worth, refs('service')),
    services(ctx, refs('service'), worth),
    published(ctx, readers, refs('notice'), worth),
    answers(ctx, refs('answer'), worth),
  ]);
  const hits = new Map(shown.flat());
  return found.flatMap(({ kind, ref }) => hits.get(keyOf(kind, ref)) ?? []);
}

/** `begun`: services that were found as well, the best first; they come before others of the same article. */
async function articles(ctx: Ctx, refs: readonly string[], worth: Worth, begun: readonly string[]): Promise<Shown> {
  const place = ({ kind }: { kind: string }): number => (begun.includes(kind) ? begun.indexOf(kind) : begun.length);
  if (refs.length === 0) return [];
  const wanted = refs.map((ref) => {
    const [id = '', label = ''] = ref.split(':');
    return and(eq(documentParts.documentId, id), eq(documentParts.label, label));
  });
  const rows = await ctx.db
    .select({ document: documents, part: documentParts })
    .from(documentParts)
    .innerJoin(documents, eq(documents.id, documentParts.documentId))
    .where(or(...wanted));
  return rows.map(({ document, part }) => {
    const { title, plain } = explained(ctx.locale, document.number, part);
    return [
      keyOf('article', articleRef(document.id, part.label)),
      {
        kind: 'article',
        ref: part.label,
        title,
        source: say(ctx.locale, 'policy:source', { number: document.number, label: part.label }),
        ...passageOf(title, plain || part.text, worth),
        document: document.id,
        over: lineOf(ctx, document).holds === 'over',
        services:
          document.number === regulation.number
            ? servicesBy(ctx, part.label).toSorted((one, other) => place(one) - place(other))
            : [],
      },
    ];
  });
}

async function services(ctx: Ctx, kinds: readonly string[], worth: Worth): Promise<Shown> {
  return kinds.map((kind) => {
    const title = say(ctx.locale, serviceKey(kind, 'title'));
    const before = serviceKey(kind, 'before');
    const lines = hasText(before) ? sayAll(ctx.locale, before) : [];
    const text = [say(ctx.locale, serviceKey(kind, 'summary')), ...lines].join('\n');
    const shown = { kind: 'service' as const, ref: kind, title, source: '', document: null, over: false };
    return [keyOf('service', kind), { ...shown, ...passageOf(title, text, worth), services: [{ kind, title }] }];
  });
}

async function published(ctx: Ctx, readers: readonly Reader[], ids: readonly string[], worth: Worth): Promise<Shown> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .select({ notice: notices, revision: noticeRevisions })
    .from(notices)
    .innerJoin(noticeRevisions, and(eq(noticeRevisions.noticeId, notices.id), eq(noticeRevisions.n, notices.current)))
    .where(and(inArray(notices.id, [...ids]), eq(notices.state, 'published')));
  const today = dayOf(ctx.clock());
  return rows
    .filter(({ notice, revision }) =>
      readers.length === 0 ? notice.isPublic : meantBy(readers, notice, revision).length > 0,
    )
    .map(({ notice, revision }) => {
      const text = `${revision.summary}\n${wordsOf(revision.body, (words) => words)}`;
      return [
        keyOf('notice', notice.id),
        {
          kind: 'notice',
          ref: notice.id,
          title: revision.title,
          source: ctx.city.units.get(notice.unitId)?.name ?? '',
          ...passageOf(revision.title, text, worth),
          document: null,
          over: notice.inForceUntil !== null && notice.inForceUntil < today,
          services: [],
        },
      ];
    });
}

async function answers(ctx: Ctx, ids: readonly string[], worth: Worth): Promise<Shown> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .select()
    .from(publishedAnswers)
    .where(and(inArray(publishedAnswers.id, [...ids]), isNull(publishedAnswers.withdrawnAt)));
  return rows.map(({ id, unitId, question, answer }) => [
    keyOf('answer', id),
    {
      kind: 'answer',
      ref: id,
      title: question,
      source: ctx.city.units.get(unitId)?.name ?? '',
      // An answer is short, and read whole.
      passage: answer,
      sentence: bestSentence(answer, termsOf, beyond(question, worth))?.sentence ?? '',
      document: null,
      over: false,
      services: [],
    },
  ]);
}

function passageOf(title: string, text: string, worth: Worth): { passage: string; sentence: string } {
  const sentence = bestSentence(text, termsOf, beyond(title, worth))?.sentence ?? '';
  const whole = text.trim();
  if ([...whole].length <= LONGEST_PASSAGE) return { passage: whole, sentence };
  return { passage: sentence || [...whole].slice(0, LONGEST_PASSAGE).join(''), sentence };
}

/** What the title says already is not what is looked for in the text: 八十岁生日 is the article's name, 多少钱 is in a sentence. */
function beyond(title: string, worth: Worth): Worth {
  const said = new Set(termsOf(title));
  return new Map([...worth].map(([term, one]) => [term, said.has(term) ? one * SAID : one]));
}
