/** 未能认证 (第十一条（三）): the community did not meet somebody; the agency finds out and decides on the pension. Another case opens it. */
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { defineService } from '../engine/service.ts';
import { promises } from '../rulebook.ts';

export default defineService({
  kind: 'certification-missing',
  version: 1,
  basis: ['第十一条（三）'],
  subject: 'retiree',
  promise: promises.pension,
  open: { fromEffect: true, one: 'show' },
  ask: form,
  steps: {
    look: {
      by: ['clerk'],
      at: ({ subject }) => subject.insuredAt,
      ask: form.ask('found', q.text({ max: 300 })),
      on: { approve: { to: 'approved' } },
    },
  },
});
