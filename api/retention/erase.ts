/** Erasing what is personal while what is counted stays: statements on the rows that a table `due(id, at)` names. */
import { sql, type SQL } from 'drizzle-orm';
import { sealBytes } from '../../db/vault.ts';

/** Instead of a name. */
const NOBODY = '＊＊';

/**
 * Answers, words, remarks of staff, receipts, who joined, drafts and pictures of cases. The events stay, with the digests of the words: the chain is whole without
 * them. Nothing happens to such a case any more, so nobody misses the receipts.
 */
export function eraseCases(now: Date): SQL[] {
  const at = moment(now);
  return [
    sql`delete from case_answers a using due where a.case_id = due.id`,
    sql`delete from event_payloads p using due where p.case_id = due.id`,
    sql`delete from case_remarks m using due where m.case_id = due.id`,
    sql`delete from receipts r using due where r.case_id = due.id`,
    sql`delete from case_parties p using due where p.case_id = due.id`,
    sql`delete from drafts d using due, cases c where c.id = due.id and d.id = c.draft_id`,
    sql`delete from drafts d using due where d.case_id = due.id`,
    sql`update cases c set erased_at = ${at}, named = null from due where c.id = due.id`,
  ];
}

/**
 * Name, numbers, addresses, contacts, links and the account of people who died. Which units cared for them and when, which communities
 * they lived in, sex, and the years of birth, retirement and death stay: the figures of the units are made of them.
 */
export function erasePeople(now: Date): SQL[] {
  const at = moment(now);
  const noNumber = sealed('', 'retirees.id_number');
  const noPlace = sealed({}, 'residences.place');
  return [
    sql`update retirees r set name = ${NOBODY}, id_number = ${noNumber}, id_number_index = sha256(convert_to(r.id::text, 'UTF8')),
          phone = null, phone_index = null, employer = null, ethnicity = null, erased_at = ${at},
          born = date_trunc('year', r.born)::date, retired_on = date_trunc('year', r.retired_on)::date
        from due where r.id = due.id`,
    sql`update residences h set place = ${noPlace} from due where h.retiree_id = due.id`,
    sql`delete from contacts c using due where c.retiree_id = due.id`,
    sql`delete from search_keys k using due where k.retiree_id = due.id`,
    sql`delete from care_flags f using due where f.retiree_id = due.id`,
    sql`delete from care_flag_readings f using due where f.retiree_id = due.id`,
    sql`delete from notice_reads n using due where n.retiree_id = due.id`,
    sql`delete from group_proposal_rows g using due where g.retiree_id = due.id`,
    sql`delete from group_leaders g using due where g.retiree_id = due.id`,
    sql`delete from group_members g using due where g.retiree_id = due.id`,
    sql`delete from volunteers v using due where v.retiree_id = due.id`,
    sql`delete from sign_ups s using due where s.retiree_id = due.id`,
    sql`update care_payments p set details = null from due where p.retiree_id = due.id and p.details is not null`,
    sql`delete from unmaskings u using due where u.retiree_id = due.id`,
    sql`delete from logins w using due, links l where w.account_id = l.account_id and ${isOnlyTheirs}`,
    sql`delete from consents g using due, links l where g.account_id = l.account_id and ${isOnlyTheirs}`,
    sql`update sessions s set ended_at = coalesce(s.ended_at, ${at}) from due, links l
         where s.account_id = l.account_id and ${isOnlyTheirs}`,
    sql`update accounts a set name = null, closed_at = coalesce(a.closed_at, ${at}) from due, links l
         where a.id = l.account_id and ${isOnlyTheirs}`,
    sql`delete from links l using due where l.retiree_id = due.id`,
  ];
}

/** The account that a link binds to the deceased is their own, and used for nobody and nothing else. */
const isOnlyTheirs = sql`l.retiree_id = due.id and l.relation = 'self' and l.revoked_at is null
  and not exists (select from links o where o.account_id = l.account_id and o.retiree_id <> l.retiree_id and o.revoked_at is null)
  and not exists (select from posts p where p.account_id = l.account_id and p.ended_at is null)`;

const moment = (now: Date): SQL => sql`${now.toISOString()}::timestamptz`;

const sealed = (value: unknown, place: string): Buffer => sealBytes(Buffer.from(JSON.stringify(value)), place);
