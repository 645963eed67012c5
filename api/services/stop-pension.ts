/** 停发养老金 (第十一条（二）): only the agency stops pay, from the month after a death. Another case opens it. */
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { defineService } from '../engine/service.ts';
import { promises } from '../rulebook.ts';

export default defineService({
  kind: 'stop-pension',
  version: 1,
  basis: ['第十一条（二）'],
  subject: 'retiree',
  promise: promises.pension,
  tone: 'bereavement',
  endsAtDeath: false,
  open: { fromEffect: true, one: 'show' },
  ask: form.ask('diedOn', q.date({ max: 'today' })).ask('from', q.date()),
  steps: {
    stop: { by: ['clerk'], at: ({ subject }) => subject.insuredAt, on: { approve: { to: 'approved' } } },
  },
});
