/** `docs/access.md`: who may do what. The words are those above each rule in `can.ts`; the dots are what the rules answer. */
import { readFileSync } from 'node:fs';
import type { ActorLink, ActorPost, Person } from '../../api/access/actor.ts';
import { can, type Action, type SubjectOf } from '../../api/access/can.ts';
import type { CaseFacts } from '../../api/access/facts.ts';
import { needsSecondFactor } from '../../api/access/posts.ts';
import { unitLevels } from '../../db/schema/registry.ts';

const COMMUNITY = '4301.430111.430111001.430111001001';
const UNIT = '430111001001';
const AGENCY = 'A430111';
const HER = 'retiree';

const person = (more: Partial<Person> = {}): Person => ({
  is: 'person',
  accountId: 'somebody',
  name: null,
  links: [],
  posts: [],
  secondFactor: null,
  door: null,
  ...more,
});
const linked = (link: Omit<ActorLink, 'retireeId'>) => person({ links: [{ retireeId: HER, ...link }] });
const post = (path: string, role: ActorPost['role'], level: ActorPost['level'], more: Partial<Person> = {}) =>
  person({ posts: [{ unitId: path.split('.').at(-1) ?? '', path, level, role }], ...more });

/** Those whom a newcomer asks about; the case and the retiree of the table are the community's. */
const cast: Record<string, Person> = {
  'signed in, nobody to the case': person(),
  'applied for it': person({ accountId: 'applicant' }),
  'the retiree': linked({ relation: 'self', scope: 'everything' }),
  'relative: look': linked({ relation: 'child', scope: 'look' }),
  'relative: apply': linked({ relation: 'child', scope: 'apply' }),
  'clerk of the unit': post(COMMUNITY, 'clerk', 'community'),
  'lead of the unit': post(COMMUNITY, 'lead', 'community'),
  'lead of another unit': post('4301.430111.430111001.430111001002', 'lead', 'community'),
  'clerk above': post('4301.430111.430111001', 'clerk', 'street'),
  'lead above': post('4301.430111.430111001', 'lead', 'street'),
  'clerk of her agency': post(`4301.430111.${AGENCY}`, 'clerk', 'agency', { secondFactor: 'given' }),
};

const ofCase: CaseFacts = {
  subjectId: HER,
  applicantId: 'applicant',
  unitId: UNIT,
  unitPath: COMMUNITY,
  asked: null,
  led: null,
  joined: false,
  discreet: false,
};
/** Somebody asks to act for her: she answers, from a phone that is her own. */
const asked: CaseFacts = { ...ofCase, applicantId: null, asked: { by: 'applicant', ownTapCounts: true } };
/** Somebody else asks to join the group that she leads. */
const led: CaseFacts = { ...ofCase, subjectId: 'another', applicantId: null, led: { by: [HER], asker: 'another' } };
const ofRetiree = { retireeId: HER, carePath: COMMUNITY, insuredAt: AGENCY };
const ofLink = { ...ofRetiree, accountId: 'applicant', own: false };

/** What each action is tried on. */
const subjects: { [A in Action]: SubjectOf<A> } = {
  'case.read': ofCase,
  'case.follow': ofCase,
  'case.answer-for': ofCase,
  'case.agree': asked,
  'case.refuse': asked,
  'case.lead': led,
  'case.staff': ofCase,
  'case.staff-side': { ...ofCase, capacity: 'relative' },
  'case.decide': { ...ofCase, role: 'clerk' },
  'retiree.read': ofRetiree,
  'retiree.apply': ofRetiree,
  'draft.use': { accountId: 'applicant', capacity: 'relative', subjectId: HER, verb: null },
  'retiree.bind': ofRetiree,
  'retiree.manage': ofRetiree,
  'retiree.lost-phone': ofRetiree,
  'benefits.enter': { agencyId: AGENCY },
  'care.read': { unitPath: COMMUNITY },
  'care.handle': { unitId: UNIT },
  'care.approve': { unitId: UNIT },
  'care.see-given': { units: [UNIT] },
  'care-flags.keep': ofRetiree,
  'figures.read': { unitPath: COMMUNITY },
  'notice.write': { unitId: UNIT },
  'notice.approve': { unitPath: COMMUNITY, submittedBy: null },
  'notice.oversee': { unitPath: COMMUNITY },
  'notice.reach': { unitPath: COMMUNITY },
  'notice.read': { unitPath: COMMUNITY, meant: [HER] },
  'group.read': { unitPath: COMMUNITY },
  'group.handle': { unitId: UNIT },
  'group.meet': { retireeId: HER },
  'group.follow': { unitId: UNIT, members: [HER] },
  'group.note': { unitId: UNIT, leaders: [HER] },
  'group.lead': { leaders: [HER] },
  'volunteer.offer': { retireeId: HER },
  'activity.sign-up': { retireeId: HER },
  'activity.sign-up-for': { carePath: COMMUNITY },
  'activity.hold': { unitId: UNIT },
  'activity.see-photos': { unitPath: COMMUNITY, meant: [HER] },
  'activity.oversee': { unitPath: COMMUNITY },
  'link.end': ofLink,
  'link.end-as-staff': ofLink,
  'link.narrow': ofLink,
  'retiree.search': null,
  'retiree.unmask': { careUnit: UNIT, decidingUnits: [] },
  'retiree.read-ethnicity': { careUnit: UNIT },
  'pending.read': null,
  'calendar.read': null,
  'calendar.write': null,
  'policy.write': null,
  'answer.publish': { unitId: UNIT },
  'delivery.settle': { unitId: UNIT },
  'retention.read': null,
  'unit.colleagues': { unitId: UNIT },
  'leave.take': { accountId: 'somebody', unitId: UNIT },
  'staff.manage': { unitPath: COMMUNITY },
  'settings.read': { unitPath: COMMUNITY },
  'settings.write': { unitPath: COMMUNITY },
  'words.write': null,
  'factor.set-up': null,
  'factor.give': null,
  'factor.keep': null,
};

const may = <A extends Action>(actor: Person, action: A) => can(actor, action, subjects[action]);

/** The sentence above each rule. */
function wordsOf(): Record<string, string> {
  const source = readFileSync(new URL('../../api/access/can.ts', import.meta.url), 'utf8');
  const found = source.matchAll(/\/\*\* ([^*]+) \*\/\n {2}'([\w.-]+)':/g);
  return Object.fromEntries([...found].map(([, words = '', action = '']) => [action, words]));
}

function missing(action: string): never {
  throw new Error(`No sentence stands above "${action}" in can.ts.`);
}

export function accessPage(note: string): string {
  const actions = Object.keys(subjects) as Action[];
  const words = wordsOf();
  const names = Object.keys(cast);
  const rows = actions.map((action) => {
    const dots = Object.values(cast).map((actor) => (may(actor, action) ? '●' : ''));
    return `| \`${action}\` | ${dots.join(' | ')} |`;
  });
  return [
    '# Who may do what',
    '',
    note,
    '',
    'One function answers: `can(actor, action, subject)` in `api/access/can.ts`. Power comes from an account, from links to retirees',
    'and from posts at units (`api/access/person.ts` reads all three on every request). A post sees its unit and what is below it,',
    'and decides only at its own unit. A guest may nothing of this, the clockwork everything.',
    '',
    '## What the actions are',
    '',
    ...actions.map((action) => `- \`${action}\`: ${words[action] ?? missing(action)}`),
    '',
    '## Who, for a retiree and a case of one community',
    '',
    `| action | ${names.join(' | ')} |`,
    `|---|${names.map(() => ':-:|').join('')}`,
    ...rows,
    '',
    '## Which posts need the second factor',
    '',
    'A post gives power while it was neither ended nor suspended. At these levels only where its code was given: in a browser for as',
    'long as the session lasts, in a chat for 30 days.',
    '',
    `| ${unitLevels.join(' | ')} |`,
    `|${unitLevels.map(() => ':-:|').join('')}`,
    `| ${unitLevels.map((level) => (needsSecondFactor(level) ? '●' : '')).join(' | ')} |`,
    '',
  ].join('\n');
}
