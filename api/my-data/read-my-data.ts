/** What is held about oneself, as its page shows it: numbers masked, the home in full. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, consents, links, type LinkScope, type Relation } from '../../db/schema/access.ts';
import { cases } from '../../db/schema/engine.ts';
import { care, contacts, residences, retirees, type EmployerKind } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import { allServices } from '../engine/catalogue.ts';
import { showAddress } from '../values/address.ts';
import { maskIdNumber, type IdNumber } from '../values/id-number.ts';
import { maskPhone, type Phone } from '../values/phone.ts';
import { ownerOf, type Owner } from './owner.ts';

/** More contacts or relatives than this nobody has. */
const MOST_LISTED = 50;
/** The service by which what is wrong is put right, once it is offered. */
const CORRECTION = 'correction';

export interface HeldRetiree {
  id: string;
  relation: Relation;
  name: string;
  idNumber: string;
  phone: string | null;
  born: string;
  ethnicity: string | null;
  retiredOn: string | null;
  employer: string | null;
  employerKind: EmployerKind | null;
  care: { name: string; phone: string | null } | null;
  insuredAt: string;
  managedBy: 'city' | 'district' | null;
  home: string | null;
  contacts: { name: string; relation: string; phone: string | null; emergency: boolean }[];
  /** Who may act for them. */
  family: {
    name: string | null;
    relation: Relation;
    scope: LinkScope;
    since: string;
    until: string | null;
    me: boolean;
  }[];
}

export interface MyData {
  name: string | null;
  since: string;
  people: HeldRetiree[];
  cases: number;
  consents: number;
  /** Whether what is wrong can be reported here. */
  correction: boolean;
}

export async function readMyData(ctx: Ctx): Promise<MyData> {
  const owner = ownerOf(ctx);
  const [account, people, counts] = await Promise.all([
    ctx.db
      .select({ name: accounts.name, since: accounts.createdAt })
      .from(accounts)
      .where(eq(accounts.id, owner.accountId)),
    heldPeople(ctx, owner),
    count(ctx, owner),
  ]);
  return {
    name: account[0]?.name ?? null,
    since: (account[0]?.since ?? ctx.clock()).toISOString(),
    people,
    ...counts,
    correction: allServices().some(({ kind }) => kind === CORRECTION),
  };
}

async function count(ctx: Ctx, { accountId, whole }: Owner): Promise<Pick<MyData, 'cases' | 'consents'>> {
  const own = sql`${cases.applicantId} = ${accountId}`;
  const mine = whole.length > 0 ? sql`(${own} or ${inArray(cases.subjectId, [...whole])})` : own;
  const [[found], [given]] = await Promise.all([
    ctx.db
      .select({ n: sql<number>`count(*)::int` })
      .from(cases)
      .where(mine),
    ctx.db
      .select({ n: sql<number>`count(*)::int` })
      .from(consents)
      .where(and(eq(consents.accountId, accountId), isNull(consents.withdrawnAt))),
  ]);
  return { cases: found?.n ?? 0, consents: given?.n ?? 0 };
}

async function heldPeople(ctx: Ctx, owner: Owner): Promise<HeldRetiree[]> {
  if (owner.whole.length === 0) return [];
  const ids = [...owner.whole];
  const [rows, calls, family] = await Promise.all([
    ctx.db
      .select({ retiree: retirees, careUnit: care.unitId, community: residences.communityId, place: residences.place })
      .from(retirees)
      .leftJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until)))
      .leftJoin(residences, and(eq(residences.retireeId, retirees.id), isNull(residences.until)))
      .where(inArray(retirees.id, ids)),
    ctx.db.select().from(contacts).where(inArray(contacts.retireeId, ids)).limit(MOST_LISTED),
    ctx.db
      .select({ link: links, name: accounts.name })
      .from(links)
      .innerJoin(accounts, eq(accounts.id, links.accountId))
      .where(and(inArray(links.retireeId, ids), isNull(links.revokedAt)))
      .orderBy(asc(links.since))
      .limit(MOST_LISTED),
  ]);
  const unit = (id: string | null) => (id ? ctx.city.units.get(id) : null);
  const fullName = (id: string | null) => {
    const found = unit(id);
    return found ? ctx.city.units.fullName(found) : null;
  };
  return owner.links.flatMap(({ retireeId, relation }) => {
    const row = rows.find(({ retiree }) => retiree.id === retireeId);
    if (!row) return [];
    const { retiree, careUnit, community, place } = row;
    const cared = unit(careUnit);
    return {
      id: retireeId,
      relation,
      name: retiree.name,
      idNumber: maskIdNumber(retiree.idNumber as IdNumber),
      phone: retiree.phone && maskPhone(retiree.phone as Phone),
      born: retiree.born,
      ethnicity: relation === 'self' ? retiree.ethnicity : null,
      retiredOn: retiree.retiredOn,
      employer: retiree.employer,
      employerKind: retiree.employerKind,
      care: cared && { name: ctx.city.units.fullName(cared), phone: cared.phone },
      insuredAt: unit(retiree.insuredAt)?.name ?? '',
      managedBy: retiree.managedBy,
      home: place && [fullName(community), showAddress(place)].filter(Boolean).join(' '),
      contacts: calls
        .filter((one) => one.retireeId === retireeId)
        .map(({ name, relation: how, phone, emergency }) => ({
          name,
          relation: how,
          phone: phone && maskPhone(phone as Phone),
          emergency,
        })),
      family: family
        .filter(({ link }) => link.retireeId === retireeId)
        .map(({ link, name }) => ({
          name,
          relation: link.relation,
          scope: link.scope,
          since: link.since.toISOString(),
          until: link.until?.toISOString() ?? null,
          me: link.accountId === owner.accountId,
        })),
    };
  });
}
