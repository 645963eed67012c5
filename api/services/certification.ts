/**
 * 待遇领取资格认证 (第十一条（三）): once a year somebody must know that the retiree lives. The national apps recognise faces; here none is
 * collected: the person says where they did it and a clerk checks, or a clerk goes and sees them.
 */
import { certify } from '../certification/certify.ts';
import { whoIsDue } from '../certification/who-is-due.ts';
import { openCase } from '../engine/effects/open-case.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { defineService } from '../engine/service.ts';
import { certification, promises } from '../rulebook.ts';

const ways = ['nationalApp', 'atTheCounter', 'comeToMe'] as const;

export default defineService({
  kind: 'certification',
  version: 1,
  basis: ['第十一条（三）'],
  subject: 'retiree',
  promise: certification.proveDays + promises.certificationCheck,
  open: { by: ['self', 'relative', 'counter'], due: whoIsDue, one: 'show' },
  ask: form
    .ask('how', q.optional(q.choice(...ways)))
    .ask('on', q.date({ max: 'today' }), { when: ({ answers: { how } }) => Boolean(how) && how !== 'comeToMe' }),
  steps: {
    prove: {
      by: ['party', 'clerk'],
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      when: ({ answers }) => !answers.how,
      after: certification.proveDays,
      ask: form
        .ask('how', q.choice(...ways))
        .ask('on', q.date({ max: 'today' }), { when: ({ answers }) => answers.how !== 'comeToMe' }),
      // A person's word is only to be checked. Whoever says nothing is visited.
      on: { approve: { to: 'check' }, expire: { to: 'check' } },
    },
    check: {
      by: ['clerk'],
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      within: promises.certificationCheck,
      ask: form.ask('certified', q.date({ max: 'today' })),
      on: {
        approve: {
          to: 'approved',
          do: ({ subject, step }) => [certify({ retireeId: subject.id, on: step.certified })],
        },
        return: { to: 'here' },
        reject: {
          to: 'rejected',
          do: ({ subject }) => [openCase({ kind: 'certification-missing', subjectId: subject.id })],
        },
      },
    },
  },
  reasons: { reject: ['not-met'], return: ['not-found', 'wrong-day'] },
  undo: { by: 'lead' },
});
