/** 亲情代办 (第二十四条（二）): a relative asks to act for a retiree, who says yes with one tap; or staff confirm it. */
import { addDays } from '../dates.ts';
import { formAbout } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { defineService, type CaseView } from '../engine/service.ts';
import { makeLink } from '../families/make-link.ts';
import type { Retiree } from '../ports.ts';
import { familyLinks, promises } from '../rulebook.ts';

const ask = formAbout<Retiree | null>()
  .ask('who', q.person())
  .ask('me', q.text({ max: 20, name: true }), { known: ({ me }) => me })
  .ask('relation', q.choice('spouse', 'child', 'relative', 'other'))
  .ask('scope', q.choice('look', 'apply', 'everything'))
  .ask('until', q.choice('year', 'revoked'));

type Answers = NonNullable<(typeof ask)['answers']>;

/** How staff found out that it is so; whom the asker meant, when the registry has nobody of that name and number. */
const confirmed = formAbout<Retiree | null>()
  .ask('retiree', q.person(), { of: 'staff', when: ({ subject }) => subject === null })
  .ask('how', q.choice('call', 'visit', 'paper'), { of: 'staff' })
  .ask('paper', q.photos({ min: 1 }), { of: 'staff', when: ({ answers }) => answers.how === 'paper' });

const agreed = ({ subject, answers, today }: CaseView<Answers, object, Retiree | null>) => {
  if (!subject) return [];
  const { me, relation, scope, until } = answers;
  const lastDay = until === 'year' ? addDays(today, familyLinks.days) : null;
  return [makeLink({ retireeId: subject.id, name: me, relation, scope, lastDay })];
};

const agreeing = {
  by: ['retiree', 'clerk'],
  ask: confirmed,
  identifies: 'retiree',
  print: ['consent'],
} as const;

export default defineService({
  kind: 'family-link',
  version: 1,
  basis: ['第二十四条（二）'],
  subject: 'named',
  promise: promises.familyLink,
  open: { by: ['asker'], one: 'show', about: ({ answers }) => answers.who, mostADay: familyLinks.requestsADay },
  ask,
  steps: {
    agree: {
      ...agreeing,
      at: ({ subject }) => subject?.care ?? subject?.insuredAt ?? null,
      after: promises.familyLink,
      on: {
        approve: { to: 'approved', do: agreed },
        reject: { to: 'declined' },
        expire: { to: 'rejected' },
      },
    },
    // Ends on the day on which silence would have ended it: from a no the asker learns nothing. A wrong tap can be mended until then.
    declined: {
      ...agreeing,
      keepsClock: true,
      on: { approve: { to: 'approved', do: agreed }, expire: { to: 'rejected' } },
    },
  },
  reasons: { reject: ['not-family', 'does-not-want', 'not-found'], return: [] },
  undo: { by: 'lead' },
});
