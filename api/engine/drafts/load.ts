/** Reads a draft with everything needed to go on: the service, the form it answers, whom it is about, and where it stands. */
import { eq } from 'drizzle-orm';
import { cases, drafts } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import type { Retiree } from '../../ports.ts';
import { serviceOf, stepOf } from '../catalogue.ts';
import { walk, type FormEntry, type Situation, type Walk } from '../form.ts';
import type { ReadingRoom } from '../question.ts';
import type { Service } from '../service.ts';
import type { FormPlace } from '../texts.ts';
import { verbForm } from '../verb-forms.ts';
import type { Verb } from '../verbs.ts';

export type DraftRow = typeof drafts.$inferSelect;
export type CaseRow = typeof cases.$inferSelect;

export interface LoadedDraft {
  row: DraftRow;
  service: Service;
  /** The case that a decision or a resubmission belongs to. */
  caseRow: CaseRow | null;
  subject: Retiree | null;
  place: FormPlace;
  entries: readonly FormEntry[];
  who: Omit<Situation, 'answers'>;
  room: ReadingRoom;
}

export const readingRoom = (ctx: Ctx): ReadingRoom => ({ today: dayOf(ctx.clock()), units: ctx.city.units });

/** The draft of this id, if it is the actor's own. @throws not-found, also for somebody else's */
export async function loadDraft(ctx: Ctx, id: string): Promise<LoadedDraft> {
  const [found] = await ctx.db
    .select({ row: drafts, caseRow: cases })
    .from(drafts)
    .leftJoin(cases, eq(cases.id, drafts.caseId))
    .where(eq(drafts.id, id));
  if (!found || !owns(ctx, found.row)) throw notFound();
  return complete(ctx, found.row, found.caseRow);
}

/** Adds to a draft's row what its service says about it. */
export async function complete(ctx: Ctx, row: DraftRow, caseRow: CaseRow | null): Promise<LoadedDraft> {
  const service = serviceOf(row.kind);
  const subject = row.subjectId ? await ctx.city.people.retiree(ctx.db, row.subjectId) : null;
  const place: FormPlace = { step: row.step, verb: row.verb as Verb | null };
  return {
    row,
    service,
    caseRow,
    subject,
    place,
    entries: entriesOf(service, place),
    who: { by: row.capacity, subject, returns: caseRow?.returns ?? 0 },
    room: readingRoom(ctx),
  };
}

/** Where the draft stands now, found afresh from its answers. */
export function walkDraft(draft: LoadedDraft): Walk {
  return walk(draft.entries, draft.row.answers, draft.who, draft.room);
}

function entriesOf(service: Service, place: FormPlace): readonly FormEntry[] {
  if (!place.verb || place.verb === 'resubmit') return service.ask.entries;
  return verbForm(service, place.step ? stepOf(service, place.step) : null, place.verb);
}

function owns({ actor }: Ctx, row: DraftRow): boolean {
  if (actor.is === 'person') return row.accountId === actor.accountId;
  return (
    actor.is === 'guest' && actor.guestHash !== null && row.guestHash !== null && row.guestHash.equals(actor.guestHash)
  );
}
