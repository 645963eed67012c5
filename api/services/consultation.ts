/** 问社区 (第十一条（四）, 第二十四条（二）): a question that nothing written answers, answered by the community. */
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { consultation, promises } from '../rulebook.ts';

export default defineService({
  kind: 'consultation',
  version: 1,
  basis: ['第十一条（四）', '第二十四条（二）'],
  subject: 'retiree',
  promise: promises.consultation,
  tells: true,
  open: { by: ['self', 'relative', 'counter'], mostADay: consultation.mostADay },
  ask: form.ask('question', q.text({ max: 500 })),
  steps: {
    answer: {
      by: ['clerk'],
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      ask: form.ask('answer', q.text({ max: 1000 })),
      on: { approve: { to: 'approved' } },
    },
  },
});
