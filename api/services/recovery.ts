/** 追回已发的慰问金 (第十三条): it was paid for a death that was recorded by mistake. Another case opens it. */
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { defineService } from '../engine/service.ts';
import { promises } from '../rulebook.ts';

export default defineService({
  kind: 'recovery',
  version: 1,
  basis: ['第十三条'],
  subject: 'retiree',
  promise: promises.recovery,
  endsAtDeath: false,
  open: { fromEffect: true, one: 'show' },
  ask: form,
  steps: {
    recover: {
      by: ['clerk'],
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      ask: form.ask('note', q.text({ max: 200 })),
      on: { approve: { to: 'approved' } },
    },
  },
});
