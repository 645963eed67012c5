/**
 * Whom a case is about, kind by kind: how an actor names one when applying, and how one is read again later. The engine knows
 * retirees, the reported, the named and newcomers; a domain adds its own kind with `defineSubject`.
 */
import type { JsonRow } from '../../db/rows-as-json.ts';
import { say } from '../../locales/index.ts';
import { can, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notAllowed, notFound, notSignedIn } from '../errors.ts';
import type { Retiree } from '../ports.ts';
import { cannotOpen } from './errors.ts';
import type { AnySubject, SubjectKind, Subjects } from './service.ts';

export interface SubjectSource<Found extends AnySubject> {
  /**
   * Whom the actor applies for: the one named, else their own. Null when nobody is known yet.
   * @throws not-signed-in, not-found, not-allowed
   */
  choose(ctx: Ctx, id: string | undefined): Promise<Found | null>;
  /** The subject of a case or draft, as it is now. */
  load(ctx: Ctx, id: string): Promise<Found | null>;
}

const loadRetiree = (ctx: Ctx, id: string) => ctx.city.people.retiree(ctx.db, id);
const none = async () => null;

const sources = new Map<SubjectKind, SubjectSource<AnySubject>>([
  ['retiree', { choose: chooseRetiree, load: loadRetiree }],
  // A relative names whom they are linked to; a neighbour says who it is in the form, and staff identify them.
  ['reported', { choose: async (ctx, id) => (id ? namedRetiree(ctx, id) : null), load: loadRetiree }],
  ['named', { choose: none, load: loadRetiree }],
  ['newcomer', { choose: none, load: loadRetiree }],
]);

/** Adds a kind of subject. Services about it can be added from then on; a kind defined twice stops the start. */
export function defineSubject<Kind extends SubjectKind>(
  kind: Kind,
  source: SubjectSource<NonNullable<Subjects[Kind]>>,
): void {
  if (sources.has(kind)) throw new Error(`The subject "${kind}" is defined twice.`);
  sources.set(kind, source);
}

export const isSubjectKnown = (kind: SubjectKind): boolean => sources.has(kind);

/** How subjects of a kind are found. */
export function subjectsOf(kind: SubjectKind): SubjectSource<AnySubject> {
  const source = sources.get(kind);
  if (!source) throw new Error(`Nobody defined the subject "${kind}".`);
  return source;
}

/** The subject of a case or draft; null when it has none. */
export async function loadSubject(ctx: Ctx, kind: SubjectKind, id: string | null): Promise<AnySubject | null> {
  return id === null ? null : subjectsOf(kind).load(ctx, id);
}

/** The same for what was read together with whom it is about: `found` is what `retireeInside` selected of `id`. */
export async function subjectFound(
  ctx: Ctx,
  kind: SubjectKind,
  id: string | null,
  found: JsonRow | null,
): Promise<AnySubject | null> {
  return subjectsOf(kind).load === loadRetiree ? ctx.city.people.read(found) : loadSubject(ctx, kind, id);
}

async function chooseRetiree(ctx: Ctx, id: string | undefined): Promise<Retiree> {
  const { actor } = ctx;
  const own = actor.is === 'person' ? actor.links.filter((link) => link.relation === 'self') : [];
  // A couple with one phone must say which of them it is for.
  const chosen = id ?? (own.length === 1 ? own[0]?.retireeId : undefined);
  if (chosen) return namedRetiree(ctx, chosen);
  ensurePerson(actor);
  throw cannotOpen('whom', say(ctx.locale, 'errors:whom'));
}

/** Whoever may not even see the retiree is not told that there is one. */
async function namedRetiree(ctx: Ctx, id: string): Promise<Retiree> {
  if (ctx.actor.is === 'guest') throw notSignedIn();
  const retiree = await loadRetiree(ctx, id);
  if (!retiree) throw notFound();
  const facts = { retireeId: retiree.id, carePath: retiree.care?.path ?? null };
  if (can(ctx.actor, 'retiree.apply', facts)) return retiree;
  throw can(ctx.actor, 'retiree.read', facts) ? notAllowed() : notFound();
}
