/**
 * What is removed when its time is over, one rule a kind, in the order of the night. The words for people, why each is kept so long
 * among them, stand in `locales/<language>/retention.json`; `KEEP_…` of the configuration says how long.
 */
import { sql, type SQL } from 'drizzle-orm';
import type { Keep } from '../config.ts';
import { eraseCases, erasePeople } from './erase.ts';
import type { Span } from './span.ts';

export const kinds = [
  'drafts',
  'files',
  'cases',
  'deceasedCases',
  'deceased',
  'messages',
  'sessions',
  'codes',
  'tickets',
  'slips',
  'invites',
  'factors',
  'consents',
  'links',
  'lookups',
  'accountActs',
  'staffEvents',
  'careDetails',
  'careSheets',
  'careFlagReadings',
  'noticeReads',
  'groupDoings',
  'signUps',
  'activityPhotos',
  'escalations',
  'leaves',
  'responsible',
  'calendarChanges',
  'settingChanges',
  'falseReports',
  'acts',
  'attempts',
] as const;
export type Kind = (typeof kinds)[number];

export interface Rule {
  /** How long it is kept, from the moment `at`. */
  after(keep: Keep): Span;
  /** The rows past their time: the tables (the removed one is `t`), its key, from when a row is, and which. */
  from: SQL;
  key: SQL;
  at: SQL;
  where(before: SQL): SQL;
  /** Statements that remove what the table `due(id, at)` names. */
  remove(now: Date): SQL[];
  /** Rows a statement; fewer for what is large. */
  page: number;
}

const days = (count: number) => (): Span => ({ of: 'days', count });
const spent = (keep: Keep): Span => ({ of: 'days', count: keep.KEEP_SPENT_DAYS });
/** What may be asked about a decision, and about who had a hand in it, is asked within the same years. */
const asCases = (keep: Keep): Span => ({ of: 'years', count: keep.KEEP_CASES_YEARS });
const MANY = 2000;

/** Rows gone for good some time after the moment `at`: their own end, or when they happened. */
const goneAfter = (table: string, after: Rule['after'], at: SQL, key = sql`t.id`): Rule => ({
  after,
  from: sql`${sql.identifier(table)} t`,
  key,
  at,
  where: (before) => sql`${at} < ${before}`,
  remove: () => [sql`delete from ${sql.identifier(table)} t using due where ${key} = due.id`],
  page: MANY,
});
const expiring = (table: string): Rule => goneAfter(table, spent, sql`t.expires_at`);

/** No case about the same person still runs: what was said in one may be needed in another. */
const nothingRuns = sql`not exists (select from cases o where o.subject_id = t.subject_id and o.closed_at is null)`;
const diedBefore = (before: SQL) => sql`died_on < (${before} at time zone 'Asia/Shanghai')::date`;

/** When the last post ended that a second factor guarded. */
const lastNeeded = sql`greatest(t.created_at, (select max(p.ended_at) from posts p where p.account_id = t.account_id))`;

export const rules: Record<Kind, Rule> = {
  drafts: {
    after: days(30),
    from: sql`drafts t`,
    key: sql`t.id`,
    at: sql`t.updated_at`,
    // Its end is thirty days after it was last touched.
    where: (before) => sql`t.submitted_at is null and t.expires_at < ${before} + interval '30 days'`,
    remove: () => [sql`delete from drafts d using due where d.id = due.id`],
    page: MANY,
  },
  files: {
    after: (keep) => ({ of: 'years', count: keep.KEEP_FILES_YEARS }),
    from: sql`files t join drafts d on d.id = t.draft_id`,
    key: sql`t.id`,
    at: sql`t.created_at`,
    where: (before) => sql`t.created_at < ${before} and (
      exists (select from cases c where c.draft_id = d.id and c.closed_at < ${before})
      or exists (select from cases c where c.id = d.case_id and c.closed_at < ${before}))`,
    remove: () => [sql`delete from files f using due where f.id = due.id`],
    page: 100,
  },
  cases: {
    after: asCases,
    from: sql`cases t`,
    key: sql`t.id`,
    at: sql`t.closed_at`,
    where: (before) => sql`t.closed_at < ${before} and t.erased_at is null
      and not exists (select from cases o where o.parent_id = t.id and o.closed_at is null)`,
    remove: eraseCases,
    page: 500,
  },
  // Of somebody who died, everything goes at once: first what their cases say, then who they were.
  deceasedCases: {
    after: (keep) => ({ of: 'years', count: keep.KEEP_DECEASED_YEARS }),
    from: sql`cases t join retirees r on r.id = t.subject_id`,
    key: sql`t.id`,
    at: sql`t.closed_at`,
    where: (before) => sql`r.${diedBefore(before)} and r.erased_at is null
      and t.closed_at is not null and t.erased_at is null and ${nothingRuns}`,
    remove: eraseCases,
    page: 500,
  },
  deceased: {
    after: (keep) => ({ of: 'years', count: keep.KEEP_DECEASED_YEARS }),
    from: sql`retirees t`,
    key: sql`t.id`,
    at: sql`(t.died_on::timestamp at time zone 'Asia/Shanghai')`,
    where: (before) => sql`t.${diedBefore(before)} and t.erased_at is null
      and not exists (select from cases c where c.subject_id = t.id and c.erased_at is null)`,
    remove: erasePeople,
    page: 500,
  },
  messages: {
    after: (keep) => ({ of: 'months', count: keep.KEEP_MESSAGES_MONTHS }),
    from: sql`messages t`,
    key: sql`t.id`,
    at: sql`t.created_at`,
    where: (before) => sql`t.created_at < ${before} and t.state <> 'queued' and t.template <> 'erased'`,
    // That somebody was told, and when, stays; of whom and what does not.
    remove: () => [
      sql`update messages m set template = 'erased', params = '{}', last_error = null from due where m.id = due.id`,
    ],
    page: MANY,
  },
  sessions: expiring('sessions'),
  codes: expiring('codes'),
  tickets: expiring('tickets'),
  slips: expiring('slips'),
  invites: expiring('invites'),
  // The second factor guards posts: without any it guards nothing.
  factors: {
    after: spent,
    from: sql`second_factors t`,
    key: sql`t.account_id`,
    at: lastNeeded,
    where: (before) => sql`t.created_at < ${before} and ${lastNeeded} < ${before}
      and not exists (select from posts p where p.account_id = t.account_id and p.ended_at is null)`,
    remove: () => [
      sql`delete from recovery_codes r using due where r.account_id = due.id`,
      sql`delete from second_factors f using due where f.account_id = due.id`,
    ],
    page: MANY,
  },
  consents: goneAfter('consents', asCases, sql`t.withdrawn_at`),
  links: goneAfter('links', asCases, sql`least(t.revoked_at, t.until)`),
  lookups: goneAfter('unmaskings', asCases, sql`t.at`),
  accountActs: goneAfter('account_acts', asCases, sql`t.at`),
  staffEvents: goneAfter('staff_events', asCases, sql`t.at`),
  // Who was given how much, when and by which unit is the ledger, and stays; who signed for it goes.
  careDetails: {
    after: asCases,
    from: sql`care_payments t`,
    key: sql`t.id`,
    at: sql`t.at`,
    where: (before) => sql`t.details is not null and t.at < ${before}`,
    remove: () => [sql`update care_payments p set details = null from due where p.id = due.id`],
    page: MANY,
  },
  careSheets: { ...goneAfter('care_sheets', asCases, sql`t.at`), page: 100 },
  careFlagReadings: goneAfter('care_flag_readings', asCases, sql`t.at`, sql`t.n`),
  noticeReads: goneAfter(
    'notice_reads',
    (keep) => ({ of: 'months', count: keep.KEEP_MESSAGES_MONTHS }),
    sql`t.at`,
    sql`t.n`,
  ),
  groupDoings: goneAfter('group_doings', asCases, sql`t.at`),
  signUps: goneAfter('sign_ups', (keep) => ({ of: 'months', count: keep.KEEP_MESSAGES_MONTHS }), sql`t.at`),
  activityPhotos: {
    ...goneAfter('activity_photos', (keep) => ({ of: 'months', count: keep.KEEP_MESSAGES_MONTHS }), sql`t.at`),
    page: 100,
  },
  escalations: goneAfter('escalations', asCases, sql`t.at`, sql`t.n`),
  leaves: {
    ...goneAfter('leaves', asCases, sql`(t.last_day::timestamp at time zone 'Asia/Shanghai')`),
    where: (before) => sql`t.last_day < (${before} at time zone 'Asia/Shanghai')::date`,
  },
  // Who is named counts for as long as the post gives power; afterwards it says only who it once was.
  responsible: {
    after: asCases,
    from: sql`responsible t join posts p on p.id = t.post_id`,
    key: sql`t.unit_id`,
    at: sql`p.ended_at`,
    where: (before) => sql`p.ended_at < ${before}`,
    remove: () => [sql`delete from responsible r using due where r.unit_id = due.id`],
    page: MANY,
  },
  // The days themselves stay; deadlines that were counted by a change were kept with their cases.
  calendarChanges: {
    ...goneAfter('calendar_changes', asCases, sql`t.at`),
    where: (before) => sql`t.at < ${before} and t.done_at is not null`,
  },
  settingChanges: goneAfter('setting_changes', asCases, sql`t.at`),
  falseReports: goneAfter('false_reports', asCases, sql`t.at`, sql`t.case_id`),
  // Telegram gives an update again within a day; an older key is never asked for.
  acts: goneAfter('done_acts', days(7), sql`t.at`, sql`t.key`),
  // No limit looks further back.
  attempts: goneAfter('attempts', days(1), sql`t.at`, sql`t.n`),
};
