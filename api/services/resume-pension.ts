/** 恢复养老金 (第十一条（二）): a death was recorded by mistake after the agency had acted on it. Another case opens it. */
import { form } from '../engine/form.ts';
import { defineService } from '../engine/service.ts';
import { promises } from '../rulebook.ts';

export default defineService({
  kind: 'resume-pension',
  version: 1,
  basis: ['第十一条（二）'],
  subject: 'retiree',
  promise: promises.pension,
  endsAtDeath: false,
  open: { fromEffect: true, one: 'show' },
  ask: form,
  steps: {
    resume: { by: ['clerk'], at: ({ subject }) => subject.insuredAt, on: { approve: { to: 'approved' } } },
  },
});
