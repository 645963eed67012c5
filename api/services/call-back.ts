/** 请社区回电 (第二十四条（二）): the community calls back whoever asks, within a working day. */
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { promises } from '../rulebook.ts';

export default defineService({
  kind: 'call-back',
  version: 1,
  basis: ['第二十四条（二）'],
  subject: 'retiree',
  promise: promises.callBack,
  open: { by: ['self', 'relative'], one: 'show' },
  ask: form.ask('phone', q.phone(), { known: ({ subject }) => subject.phone }),
  steps: {
    call: {
      by: ['clerk'],
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      on: { approve: { to: 'approved', together: true } },
    },
  },
});
