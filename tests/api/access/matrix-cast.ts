/**
 * The cast of the matrix: everybody who can stand before a door, and what they are to the story. The story is a case of 刘淑兰: in the
 * care of 识字里社区 (文艺路街道, 芙蓉区), she asks to be moved to 梓园社区 (侯家塘街道, 雨花区), which must decide.
 */
import { and, eq } from 'drizzle-orm';
import { agencyOf, cityAgencyId } from '../../../db/seed/divisions.ts';
import { homeCommunity as CARE, receivingCommunity as DECIDING } from '../../../db/seed/demo/places.ts';
import { logins, posts, type LinkScope, type Role as PostRole } from '../../../db/schema/access.ts';
import type { Browser } from '../../tools/browser.ts';
import type { HouseUnderTest } from '../../tools/house-under-test.ts';
import { DAUGHTER, LIU } from '../../tools/story.ts';

/** What somebody can be to the story. A person of the cast is one of these, or several at once. */
export const roles = [
  'guest', // not signed in
  'stranger', // signed in, and nothing to her
  'self', // 刘淑兰
  'relative', // may apply for her, or do everything
  'holder', // the relative whose link stands in the story
  'looker', // a relative who may only look
  'clerk', // at the unit that decides, as clerk or lead
  'lead', // its lead: what a clerk may, and more
  'otherClerk', // at the unit in whose care she is now
  'above', // over the unit that decides
  'aboveCare', // over the unit in whose care she is
  'nextAboveCare', // at the street right above it
  'leadCity', // lead over the whole city
  'leadAbove', // lead over the unit that decides: looks after its staff
  'elsewhere', // staff of any other office
  'agencyCity', // at the city’s agency
  'someLead', // a lead, wherever
  'proven', // whose post needs the second factor, and who gave it
  'unproven', // whose post needs it, and who has not set it up
] as const;
export type Role = (typeof roles)[number];

export interface Person {
  who: string;
  as: readonly Role[];
  /** Comes to the door: a browser, signed in or not. `retiree` is 刘淑兰's id. */
  comes(house: HouseUnderTest, retiree: string): Promise<Browser>;
}

const phone = (number: string) => (house: HouseUnderTest) => house.signIn(number);

/** Signed in by the code alone, as whoever does so for the first time. */
const byCodeAlone = (number: string) => (house: HouseUnderTest) => house.signInByPhone(number);

/** Somebody new whose number ends in `nn`, with a link to the retiree in which some columns are set. */
const linked = (nn: number, scope: LinkScope, columns = '') => ({
  async comes(house: HouseUnderTest, retiree: string) {
    const account = await newcomer(house, nn);
    await house.connection.sql`insert into links (account_id, retiree_id, relation, scope)
      values (${account.id}, ${retiree}, 'relative', ${scope})`;
    if (columns) await house.connection.sql.unsafe(`update links set ${columns} where account_id = '${account.id}'`);
    return account.browser;
  },
});

/** Whoever holds this post in the demo. */
const post = (unitId: string, role: PostRole) => ({
  async comes(house: HouseUnderTest) {
    const [found] = await house.connection.db
      .select({ phone: logins.address })
      .from(posts)
      .innerJoin(logins, and(eq(logins.accountId, posts.accountId), eq(logins.kind, 'phone')))
      .where(and(eq(posts.unitId, unitId), eq(posts.role, role)));
    if (!found) throw new Error(`Nobody is ${role} at ${unitId}.`);
    return house.signIn(found.phone);
  },
});

/** Somebody new who had a post at the unit that decides, until this. */
const formerly = (nn: number, column: string) => ({
  async comes(house: HouseUnderTest) {
    const account = await newcomer(house, nn);
    await house.connection
      .sql`insert into posts (account_id, unit_id, role) values (${account.id}, ${DECIDING}, 'lead')`;
    await house.connection.sql.unsafe(`update posts set ${column} = now() where account_id = '${account.id}'`);
    return account.browser;
  },
});

async function newcomer(house: HouseUnderTest, nn: number): Promise<{ id: string; browser: Browser }> {
  const number = `139111100${nn}`;
  const browser = await house.signIn(number);
  const ways = await house.connection.db.select().from(logins).where(eq(logins.kind, 'phone'));
  return { id: ways.find(({ address }) => address === number)?.accountId ?? '', browser };
}

export const cast: readonly Person[] = [
  { who: 'nobody', as: ['guest'], comes: async (house) => house.visit() },
  {
    who: 'a guest with a secret of somebody else’s making',
    as: ['guest'],
    async comes(house) {
      const guest = house.visit();
      guest.setCookie('guest', 'A'.repeat(22));
      return guest;
    },
  },
  {
    who: 'a guest with a made-up session',
    as: ['guest'],
    async comes(house) {
      const guest = house.visit();
      guest.setCookie('session', 'A'.repeat(22));
      return guest;
    },
  },
  { who: 'somebody signed in', as: ['stranger'], comes: phone('13911110010') },
  { who: 'she herself', as: ['self'], comes: phone(LIU) },
  { who: 'her daughter, who may apply', as: ['relative', 'holder'], comes: phone(DAUGHTER) },
  { who: 'her son, who may do everything', as: ['relative'], ...linked(11, 'everything') },
  { who: 'her niece, who may look', as: ['looker'], ...linked(12, 'look') },
  { who: 'whose link was revoked', as: ['stranger'], ...linked(13, 'everything', 'revoked_at = now()') },
  { who: 'whose link ran out', as: ['stranger'], ...linked(14, 'everything', `until = now() - interval '1 s'`) },
  { who: 'a clerk of the unit that decides', as: ['clerk'], ...post(DECIDING, 'clerk') },
  { who: 'its lead', as: ['clerk', 'lead', 'someLead'], ...post(DECIDING, 'lead') },
  { who: 'whose post there is suspended', as: ['stranger'], ...formerly(15, 'suspended_at') },
  { who: 'whose post there has ended', as: ['stranger'], ...formerly(16, 'ended_at') },
  { who: 'a clerk of the unit in whose care she is', as: ['otherClerk'], ...post(CARE, 'clerk') },
  { who: 'the lead of that unit', as: ['otherClerk', 'someLead'], ...post(CARE, 'lead') },
  { who: 'a clerk of the street over the deciding unit', as: ['above'], ...post('430111001', 'clerk') },
  { who: 'the lead of that street', as: ['above', 'leadAbove', 'someLead'], ...post('430111001', 'lead') },
  {
    who: 'the lead of the district over it',
    as: ['above', 'leadAbove', 'someLead', 'proven'],
    ...post('430111', 'lead'),
  },
  {
    who: 'the lead of the street over her care',
    as: ['aboveCare', 'nextAboveCare', 'someLead'],
    ...post('430102001', 'lead'),
  },
  { who: 'the lead of the district over her care', as: ['aboveCare', 'someLead', 'proven'], ...post('430102', 'lead') },
  {
    who: 'the lead of the city, which is over both',
    as: ['above', 'aboveCare', 'leadAbove', 'leadCity', 'someLead', 'proven'],
    ...post('4301', 'lead'),
  },
  { who: 'a clerk of another community of that street', as: ['elsewhere'], ...post('430111001002', 'clerk') },
  { who: 'the lead of another community', as: ['elsewhere', 'someLead'], ...post('430102014003', 'lead') },
  { who: 'the lead of another street', as: ['elsewhere', 'someLead'], ...post('430102014', 'lead') },
  { who: 'a clerk of the city’s agency', as: ['elsewhere', 'agencyCity', 'proven'], ...post(cityAgencyId, 'clerk') },
  { who: 'a clerk of the district’s agency', as: ['elsewhere', 'proven'], ...post(agencyOf('430102'), 'clerk') },
  // The archives' demo clerk comes without the factor: a post that gives no power yet.
  { who: 'a clerk of the archives, without the second factor', as: ['unproven'], comes: byCodeAlone('13800000044') },
];
