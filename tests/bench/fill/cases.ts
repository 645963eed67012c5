/** Rows of cases: the case, its draft, its answers, its chain of events with their words, receipts and messages. */
import type postgres from 'postgres';
import { dayOf } from '../../../api/dates.ts';
import { caseNumber } from '../../../api/engine/case-number.ts';
import { deadline, workingDaysBetween } from '../../../api/engine/deadline.ts';
import { promises } from '../../../api/rulebook.ts';
import { calendarOf } from '../../../api/registry/calendar.ts';
import { messages } from '../../../db/schema/delivery.ts';
import { caseAnswers, caseEvents, cases, drafts, eventPayloads, receipts } from '../../../db/schema/engine.ts';
import { clerkOf } from './accounts.ts';
import { asDraft, inventAnswers } from './answers.ts';
import { copyRows } from './copy.ts';
import { eventRows } from './events.ts';
import { numberedId } from './ids.ts';
import { FIRST_NUMBER, type InventedCase } from './invent.ts';
import { noticeRows } from './notices.ts';

const calendar = calendarOf(new Map());
const DRAFT_LIFE_MS = 30 * 24 * 60 * 60 * 1000;
const allowedDays = {
  relocation: promises.relocation,
  'address-change': promises.addressChange,
  'call-back': promises.callBack,
};

/** Writes a page of cases and everything that belongs to them. */
export async function copyCases(sql: postgres.TransactionSql, page: readonly InventedCase[]): Promise<void> {
  const answers = page.map((one) => ({
    step: 'ask',
    round: 0,
    caseId: one.id,
    at: openedAt(one),
    answers: inventAnswers(one.life.kind, one.subject, one.at, dayOf(openedAt(one))),
  }));
  await copyRows(sql, cases, page.map(caseRow));
  await copyRows(
    sql,
    drafts,
    page.map((one, at) => draftRow(one, asDraft(answers[at]?.answers ?? []))),
  );
  await copyRows(sql, caseAnswers, answers);
  const events = page.map(eventRows);
  await copyRows(
    sql,
    caseEvents,
    events.flatMap((one) => one.events),
  );
  await copyRows(
    sql,
    eventPayloads,
    events.flatMap((one) => one.payloads),
  );
  await copyRows(sql, receipts, page.flatMap(receiptRows));
  await copyRows(sql, messages, page.flatMap(noticeRows));
}

const openedAt = ({ life }: InventedCase) => life.moves[0]?.at ?? new Date(0);

function caseRow({ at, id, subject, applicantId, life }: InventedCase): typeof cases.$inferInsert {
  const { kind, capacity, moves, status, step } = life;
  const waits = status === 'open' || status === 'entering';
  const from = moves.at(-1)?.at ?? new Date(0);
  const days = status === 'entering' ? promises.officeEntry : allowedDays[kind];
  return {
    id,
    number: caseNumber(FIRST_NUMBER + at),
    kind,
    serviceVersion: 1,
    status,
    step,
    round: moves.length - 1,
    unitId: subject.communityId,
    version: moves.length,
    capacity,
    subjectId: subject.id,
    applicantId,
    claimedBy: waits && at % 3 === 0 ? clerkOf(subject.communityId) : null,
    draftId: numberedId('draft', at),
    parentId: null,
    oneKey: subject.id,
    returns: moves.filter((move) => move.verb === 'return').length,
    dueAt: waits ? deadline(from, days, calendar) : null,
    clockFrom: waits ? from : null,
    clockDays: days,
    ...decisionOf(life),
    openedAt: moves[0]?.at ?? from,
    closedAt: step === null ? from : null,
    remindedAt: null,
    stars: status === 'approved' && at % 4 === 0 ? 5 - (Math.floor(at / 4) % 3) : null,
  };
}

/** When it was first decided, in how many working days, and whether that was late. */
function decisionOf({ kind, moves }: InventedCase['life']) {
  const opened = moves[0]?.at ?? new Date(0);
  const decided = moves.find(({ status }) => ['entering', 'approved', 'rejected'].includes(status))?.at ?? null;
  return {
    decidedAt: decided,
    usedDays: decided ? workingDaysBetween(opened, decided, calendar) : 0,
    late: decided !== null && decided > deadline(opened, allowedDays[kind], calendar),
  };
}

function draftRow(one: InventedCase, answers: ReturnType<typeof asDraft>): typeof drafts.$inferInsert {
  const { kind, capacity } = one.life;
  const submittedAt = openedAt(one);
  return {
    id: numberedId('draft', one.at),
    kind,
    serviceVersion: 1,
    accountId: one.applicantId,
    capacity,
    subjectId: one.subject.id,
    revision: Object.keys(answers).length,
    answers,
    purpose: `open:${kind}:${one.subject.id}`,
    createdAt: submittedAt,
    updatedAt: submittedAt,
    expiresAt: new Date(submittedAt.getTime() + DRAFT_LIFE_MS),
    submittedAt,
  };
}

/** What an approval did. The ids that it names are no rows: nothing here is ever undone. */
function receiptRows({ at, id, subject, life }: InventedCase): (typeof receipts.$inferInsert)[] {
  const seq = life.moves.findIndex((move) => move.status === 'entering') + 1;
  if (seq === 0) return [];
  const receipt = { retireeId: subject.id, ended: numberedId('case', at), begun: numberedId('draft', at) };
  const effects = life.kind === 'relocation' ? ['move-care', 'move-home'] : ['move-home'];
  return effects.map((effect, index) => ({ caseId: id, seq, effect, rowKey: `${seq}.${index}`, receipt }));
}
