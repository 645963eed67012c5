/** 亡故报告 (第十三条, 第二十四条（四）): anyone says that a retiree died; nothing changes before the community has verified it. */
import { stopSignUps } from '../activities/stop-sign-ups.ts';
import { admitFamily } from '../deaths/admit-family.ts';
import { hasReportedFalsely, noteFalseReport } from '../deaths/false-reports.ts';
import { markDeceased } from '../deaths/mark-deceased.ts';
import { tellFamily } from '../deaths/tell-family.ts';
import { firstOfNextMonth } from '../dates.ts';
import { endCases } from '../engine/effects/end-cases.ts';
import { openCase } from '../engine/effects/open-case.ts';
import { form, formAbout } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { defineService, type CaseView } from '../engine/service.ts';
import { leaveGroup } from '../groups/leave-group.ts';
import type { Retiree } from '../ports.ts';
import { promises } from '../rulebook.ts';
import { birthDateOf } from '../values/id-number.ts';

const ask = formAbout<Retiree | null>()
  .ask('who', q.person(), { when: ({ subject }) => subject === null })
  .ask('diedOn', q.date({ max: 'today' }))
  .ask('community', q.optional(q.unit('community'), 'unknown'), { when: ({ subject }) => subject === null })
  .ask('relation', q.choice('spouse', 'child', 'relative', 'neighbour', 'staff'))
  .ask('reporter', q.text({ max: 20 }), { known: ({ me }) => me })
  .ask('phone', q.phone())
  .ask('certificate', q.optional(q.pageOnly(q.photos())));

type Answers = NonNullable<(typeof ask)['answers']>;
type Report = CaseView<Answers, { family?: boolean }, Retiree | null>;

/** What staff say who found it true; who it is, when the registry did not know by what was reported. */
const family = { when: ({ by }: { by: string }) => by === 'anyone' };
const verified = formAbout<Retiree | null>()
  .ask('how', q.choice('phone', 'visit'))
  .ask('note', q.text({ max: 500 }))
  .ask('retiree', q.person(), { when: ({ subject }) => subject === null })
  .ask('family', q.yes(), family);
/** The same when the retiree said that it is not so: only a visit tells. */
const visited = form
  .ask('visitedOn', q.date({ max: 'today' }))
  .ask('note', q.text({ max: 500 }))
  .ask('family', q.yes(), family);

const isFamily = (relation: Answers['relation']) => relation !== 'neighbour' && relation !== 'staff';

const foundTrue = ({ subject, answers, step }: Report) => {
  if (!subject) return [];
  const { diedOn, relation, reporter, phone } = answers;
  const { id, name } = subject;
  const known = isFamily(relation);
  const claims = known ? { claimant: reporter, relation, phone } : { claimant: null, relation: null, phone: null };
  const contact = known ? { contact: reporter, phone } : { contact: null, phone: null };
  return [
    markDeceased({ retireeId: id, on: diedOn }),
    leaveGroup({ retireeId: id, name }),
    endCases({ retireeId: id }),
    stopSignUps({ retireeId: id }),
    ...(step.family && isFamily(relation) ? [admitFamily({ retireeId: id, relation })] : []),
    openCase({
      kind: 'survivor-benefits',
      subjectId: id,
      answers: { ...claims, ...noPapersYet },
      recover: 'resume-pension',
    }),
    openCase({ kind: 'bereavement', subjectId: id, answers: contact, recover: 'recovery' }),
    openCase({
      kind: 'stop-pension',
      subjectId: id,
      answers: { diedOn, from: firstOfNextMonth(diedOn) },
      recover: 'resume-pension',
    }),
    tellFamily({ retireeId: id, name }),
  ];
};
/** What a report does not say; the family adds it. */
const noPapersYet = {
  years: null,
  atWork: null,
  deathPaper: null,
  claimantPaper: null,
  kinshipPaper: null,
  will: null,
};

const foundFalse = ({ answers, step }: CaseView<Answers, object, Retiree | null>) =>
  'reason' in step && step.reason === 'not-true' ? [noteFalseReport({ phone: answers.phone })] : [];

const at = (c: Pick<Report, 'subject' | 'units'> & { answers: Answers }) =>
  c.subject?.care ?? c.answers.community ?? c.subject?.insuredAt ?? c.units.cityAgency();

export default defineService({
  kind: 'death-report',
  version: 1,
  basis: ['第十三条', '第二十四条（四）'],
  subject: 'reported',
  promise: promises.deathReport,
  tone: 'bereavement',
  discreet: true,
  endsAtDeath: false,
  adds: ['certificate'],
  open: {
    by: ['anyone', 'relative', 'counter'],
    one: 'join',
    about: ({ answers }) => answers.who ?? null,
    hold: (ctx, { phone }) => hasReportedFalsely(ctx, phone),
    must: ({ subject, answers: { who, diedOn } }) => {
      if (subject?.alive === false) return 'already';
      const born = subject?.born ?? (who && birthDateOf(who.idNumber));
      return born && diedOn && diedOn < born ? 'before-birth' : null;
    },
  },
  ask,
  steps: {
    // Whoever reported falsely twice is heard by a lead first: until then not even the retiree is asked.
    held: {
      by: ['lead'],
      when: ({ held }) => held === true,
      at: (c) => c.units.above(at(c), 'street') ?? at(c),
      within: 1,
      on: { approve: { to: 'verify' }, reject: { to: 'rejected', do: foundFalse } },
    },
    verify: {
      by: ['clerk'],
      at,
      within: promises.deathReport,
      ask: verified,
      identifies: 'retiree',
      forwards: { answer: 'community', level: 'community' },
      on: {
        approve: { to: 'approved', do: foundTrue },
        object: { to: 'contested', by: ['retiree'], ask: form },
        forward: { to: 'here' },
        reject: { to: 'rejected', do: foundFalse },
      },
    },
    contested: {
      by: ['clerk'],
      within: promises.deathReport,
      ask: visited,
      on: { approve: { to: 'approved', do: foundTrue }, reject: { to: 'rejected', do: foundFalse } },
    },
  },
  reasons: { reject: ['not-true', 'already', 'not-found'], return: [] },
  undo: { by: 'lead' },
});
