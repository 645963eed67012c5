/**
 * A case as whoever may only follow it sees it: what they said themselves, that it waits, how it ended. Whoever asks something of a
 * retiree must not find out whether the registry has such a person, whoever joined a report not what others said: so there is
 * no unit but the city's agency, no name of anybody who acted, and nothing that changes before the end.
 */
import { inArray } from 'drizzle-orm';
import { caseAnswers, type AskedAnswer } from '../../../db/schema/engine.ts';
import { say } from '../../../locales/index.ts';
import type { CaseFacts } from '../../access/facts.ts';
import type { Ctx } from '../../context.ts';
import { serviceOf } from '../catalogue.ts';
import type { CaseRow } from '../drafts/load.ts';
import type { Service } from '../service.ts';
import { followed, FOLLOWED } from '../followed.ts';
import { followText } from '../texts.ts';
import { JOINED, OWN } from './answers.ts';
import { sheetsOf, viewLine, viewVerb } from './lines.ts';
import { verbsFor } from './may.ts';
import { nameIn } from './named.ts';
import { joinedAt } from './parties.ts';
import { wholeCase, type FoundEvent } from './rows.ts';
import type { CaseDetails, CaseLine, TimelineEntry } from './shapes.ts';

type FollowedRow = Parameters<typeof viewLine>[1] & Pick<CaseRow, 'id'>;

/** A line of a list. `name` is who was named, as the reader typed it. */
export function followLine(ctx: Ctx, row: FollowedRow, service: Service, name: string): CaseLine {
  const status = followed(row.status);
  const unitId = ctx.city.units.cityAgency().id;
  return {
    ...viewLine(ctx, { ...row, unitId, subjectId: null, version: FOLLOWED }, service, { id: null, name }),
    status,
    state: followText(ctx.locale, service, status, 'state'),
    overdue: false,
  };
}

/** @see above */
export async function followCase(ctx: Ctx, facts: CaseFacts, row: CaseRow, service: Service): Promise<CaseDetails> {
  const me = ctx.actor.is === 'person' ? ctx.actor.accountId : '';
  const isAsker = row.applicantId === me;
  const [{ events, answers: kept }, joined] = await Promise.all([wholeCase(ctx, row), joinedAt(ctx, me, [row.id])]);
  const own = kept.findLast(({ step, round }) =>
    isAsker ? step === OWN : step === JOINED && round === joined.get(row.id),
  );
  const answers = own?.answers ?? [];
  const status = followed(row.status);
  const acts = ownEvents(ctx, events, me);
  return {
    ...followLine(ctx, row, service, nameIn(ctx, service, answers)),
    answers: answers.map(({ key, question, shown }) => ({ key, question, shown })),
    before: [],
    timeline: [...acts, ...endOf(ctx, row, service, acts)].toSorted((a, b) => a.at.localeCompare(b.at)),
    verbs: verbsFor(ctx, facts, row, service).map((verb) => viewVerb(ctx, facts, row, service, verb)),
    copy: [],
    files: photosIn(service, answers),
    claimedBy: null,
    applicant: null,
    applicantPhone: null,
    asked: false,
    tells: false,
    next: followText(ctx.locale, service, status, 'next'),
    todo: null,
    followUps: [],
    staffSide: null,
    panel: null,
    print: isAsker ? sheetsOf(row, service) : [],
    basis: service.basis,
    publicNotice: false,
    stars: isAsker ? row.stars : null,
    capacity: isAsker ? row.capacity : 'anyone',
    returns: 0,
    erased: row.erasedAt !== null,
  };
}

/** Whom each of these cases names, in the words of the actor, for those that the actor only follows. Two queries, whatever their number. */
export async function namesSaid(ctx: Ctx, rows: readonly Pick<CaseRow, 'id' | 'kind'>[]): Promise<Map<string, string>> {
  if (ctx.actor.is !== 'person' || rows.length === 0) return new Map();
  const ids = rows.map(({ id }) => id);
  const [kept, joined] = await Promise.all([
    ctx.db.select().from(caseAnswers).where(inArray(caseAnswers.caseId, ids)).orderBy(caseAnswers.at),
    joinedAt(ctx, ctx.actor.accountId, ids),
  ]);
  return new Map(
    rows.map((row) => {
      const seq = joined.get(row.id);
      const own = kept.findLast(
        ({ caseId, step, round }) =>
          caseId === row.id && (seq === undefined ? step === OWN : step === JOINED && round === seq),
      );
      return [row.id, nameIn(ctx, serviceOf(row.kind), own?.answers ?? [])];
    }),
  );
}

function ownEvents(ctx: Ctx, events: readonly FoundEvent[], me: string): TimelineEntry[] {
  return events
    .filter(({ event }) => event.accountId === me)
    .map(({ event, name }) => ({
      at: event.at.toISOString(),
      verb: event.verb,
      what: say(ctx.locale, `engine:verbs.${event.verb}.done`),
      who: name,
      unit: '',
      said: [],
    }));
}

/** How it ended, by nobody's name. What the reader ended themself stands among their own acts. */
function endOf(ctx: Ctx, row: CaseRow, service: Service, own: readonly TimelineEntry[]): TimelineEntry[] {
  const status = followed(row.status);
  if (status === 'open' || !row.closedAt || own.some(({ verb }) => verb === 'withdraw')) return [];
  const what = followText(ctx.locale, service, status, 'state');
  return [{ at: row.closedAt.toISOString(), verb: status, what, who: null, unit: '', said: [] }];
}

function photosIn(service: Service, answers: readonly AskedAnswer[]): CaseDetails['files'] {
  const isPhotos = (key: string) =>
    service.ask.entries.some((entry) => entry.key === key && entry.question.kind === 'photos');
  return answers
    .filter(({ key }) => isPhotos(key))
    .flatMap(({ value, question }) => (Array.isArray(value) ? value.map((id: string) => ({ id, question })) : []));
}
