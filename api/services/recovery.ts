/** 追回 (第二十条): what was paid on a decision that was undone is got back, and entered against the payment. */
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { recover } from '../care/recover.ts';
import { promises } from '../rulebook.ts';

export default defineService({
  kind: 'recovery',
  version: 1,
  basis: ['第二十条'],
  subject: 'retiree',
  promise: promises.recovery,
  endsAtDeath: false,
  open: { fromEffect: true },
  ask: form,
  steps: {
    recover: {
      by: ['clerk'],
      // A community's money is looked after by its street.
      at: ({ subject, units }) => units.above(subject.care, 'street') ?? subject.care ?? subject.insuredAt,
      within: promises.recovery,
      ask: form.ask('backOn', q.date({ max: 'today' })).ask('how', q.text({ max: 200 })),
      on: {
        approve: {
          to: 'approved',
          do: ({ step }) => [recover({ day: step.backOn, reason: step.how })],
        },
        reject: { to: 'rejected', by: ['lead'] },
      },
    },
  },
  reasons: { reject: ['cannot-be-recovered', 'was-due-after-all'], return: [] },
});
