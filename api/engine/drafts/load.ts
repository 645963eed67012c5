/** Reads a draft with everything needed to go on: the service, the form it answers, whom it is about, and where it stands. */
import { eq, sql } from 'drizzle-orm';
import { prepared } from '../../../db/prepared.ts';
import { retireeInside } from '../../../db/retiree-inside.ts';
import { cases, drafts } from '../../../db/schema/engine.ts';
import { can } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import { asksAs } from '../asks-as.ts';
import { serviceOf, stepOf } from '../catalogue.ts';
import { withConsents } from '../consents.ts';
import { walk, type FormEntry, type Situation, type Walk } from '../form.ts';
import type { ReadingRoom } from '../question.ts';
import type { Service, AnySubject } from '../service.ts';
import { loadSubject, subjectFound } from '../subjects.ts';
import { ownForm, type FormPlace } from '../texts.ts';
import { ownReasonsAt, verbForm } from '../verb-forms.ts';
import { goesOn, type Verb } from '../verbs.ts';

export type DraftRow = typeof drafts.$inferSelect;
export type CaseRow = typeof cases.$inferSelect;

export interface LoadedDraft {
  row: DraftRow;
  service: Service;
  /** The case that a decision or a resubmission belongs to. */
  caseRow: CaseRow | null;
  subject: AnySubject | null;
  place: FormPlace;
  entries: readonly FormEntry[];
  who: Omit<Situation, 'answers'>;
  room: ReadingRoom;
}

export const readingRoom = (ctx: Ctx): ReadingRoom => ({ today: dayOf(ctx.clock()), units: ctx.city.units });

const draftById = prepared((db) =>
  db
    .select({ row: drafts, caseRow: cases, about: retireeInside(drafts.subjectId) })
    .from(drafts)
    .leftJoin(cases, eq(cases.id, drafts.caseId))
    .where(eq(drafts.id, sql.placeholder('id'))),
);

/** The draft of this id, if it is the actor's own and not out of date. @throws not-found, also for somebody else's */
export async function loadDraft(ctx: Ctx, id: string): Promise<LoadedDraft> {
  const draft = await findDraft(ctx, id);
  if (!draft) throw notFound();
  return draft;
}

/** The same; null when there is none. */
export async function findDraft(ctx: Ctx, id: string): Promise<LoadedDraft | null> {
  const [found] = await draftById(ctx.db, { id });
  if (!found || !owns(ctx, found.row) || isOutOfDate(ctx, found.row)) return null;
  return complete(ctx, found.row, found.caseRow, (_, kind, about) => subjectFound(ctx, kind, about, found.about));
}

/** Adds to a draft's row what its service says about it. */
export async function complete(
  ctx: Ctx,
  row: DraftRow,
  caseRow: CaseRow | null,
  load: LoadSubject = loadSubject,
): Promise<LoadedDraft> {
  const service = serviceOf(row.kind);
  const [subject, known] = await Promise.all([
    load(ctx, service.subject, row.subjectId),
    withConsents(ctx, service, row),
  ]);
  return loaded(ctx, known, { service, subject, caseRow });
}

type LoadSubject = typeof loadSubject;

/** Each subject once, however many drafts are about it: most people's are all about themselves. */
export function loadingOnce(): LoadSubject {
  const known = new Map<string, ReturnType<LoadSubject>>();
  return (ctx, kind, id) => {
    const key = `${kind} ${id}`;
    const found = known.get(key) ?? loadSubject(ctx, kind, id);
    known.set(key, found);
    return found;
  };
}

/** The same when the subject has been read. */
export function loaded(
  ctx: Ctx,
  row: DraftRow,
  { service, subject, caseRow }: Pick<LoadedDraft, 'service' | 'subject' | 'caseRow'>,
): LoadedDraft {
  // A resubmission asks the service's own questions again, what is added later some of them, in their own words.
  const place = goesOn(row.verb) ? ownForm : { step: row.step, verb: row.verb as Verb | null };
  return {
    row,
    service,
    caseRow,
    subject,
    place,
    entries: entriesOf(ctx, service, row, caseRow),
    who: { by: row.capacity, me: nameOf(ctx), subject, returns: caseRow?.returns ?? 0 },
    room: readingRoom(ctx),
  };
}

/** A draft of a service's own questions that is never stored: answers given in one piece, by the system. */
export function newDraft(ctx: Ctx, service: Service, subject: AnySubject | null): LoadedDraft {
  const row = { ...blankRow(ctx, service), subjectId: subject?.id ?? null };
  return loaded(ctx, row, { service, subject, caseRow: null });
}

/** The row of a draft that is never stored. */
export function blankRow(ctx: Ctx, service: Service): DraftRow {
  const now = ctx.clock();
  return {
    id: '',
    kind: service.kind,
    serviceVersion: service.version,
    accountId: null,
    guestHash: null,
    capacity: 'system',
    subjectId: null,
    caseId: null,
    step: null,
    verb: null,
    round: 0,
    revision: 0,
    answers: {},
    chatKey: null,
    purpose: '',
    createdAt: now,
    updatedAt: now,
    expiresAt: now,
    submittedAt: null,
  };
}

/** Where the draft stands now, found afresh from its answers. */
export function walkDraft(draft: LoadedDraft): Walk {
  return walk(draft.entries, draft.row.answers, draft.who, draft.room);
}

const nameOf = ({ actor }: Ctx) => (actor.is === 'person' ? actor.name : null);

function entriesOf(
  ctx: Ctx,
  service: Service,
  { step, verb }: DraftRow,
  caseRow: CaseRow | null,
): readonly FormEntry[] {
  if (!verb || verb === 'resubmit') return service.ask.entries;
  return verbForm(service, step ? stepOf(service, step) : null, verb as Verb, {
    as: caseRow ? asksAs(ctx, caseRow, service) : 'staff',
    ownReasons: caseRow ? ownReasonsAt(ctx, service, caseRow.unitId, verb as Verb) : [],
  });
}

const isOutOfDate = (ctx: Ctx, row: DraftRow) => row.submittedAt === null && row.expiresAt < ctx.clock();

/** Whether it is the actor's: begun by their account and still theirs to go on with, or as a guest by the secret. */
export function owns({ actor }: Ctx, row: DraftRow): boolean {
  if (actor.is !== 'guest') return can(actor, 'draft.use', row);
  return actor.guestHash !== null && row.guestHash !== null && row.guestHash.equals(actor.guestHash);
}
