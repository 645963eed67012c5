/** 亡故慰问 (第十九条（五）, 第二十四条（四）): the family of the deceased is visited. Opened by the death report, or at the counter. */
import { defineService } from '../engine/service.ts';
import { formAbout } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { familyPaymentForm } from '../care/payment-form.ts';
import { release } from '../care/release.ts';
import { reserve } from '../care/reserve.ts';
import { spend } from '../care/spend.ts';
import type { Retiree } from '../ports.ts';
import { ceilingFen, promises } from '../rulebook.ts';

export default defineService({
  kind: 'bereavement',
  version: 1,
  basis: ['第十九条（五）', '第二十四条（四）'],
  subject: 'retiree',
  promise: promises.bereavementVisit + promises.carePayment,
  tone: 'bereavement',
  endsAtDeath: false,
  open: {
    by: ['counter'],
    one: 'show',
    must: ({ subject }) => (subject.alive ? 'still-alive' : null),
  },
  // The death report says all this already, where family reported it: they are asked for nothing twice.
  ask: formAbout<Retiree>()
    .ask('contact', q.optional(q.text({ max: 50 })))
    .ask('phone', q.optional(q.phone())),
  steps: {
    visit: {
      by: ['clerk'],
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      within: promises.bereavementVisit,
      ask: formAbout<Retiree>().ask('amount', q.money({ max: ceilingFen('bereavement') })),
      on: {
        approve: {
          to: 'pay',
          do: ({ subject, unit, step }) => [
            reserve({
              retireeId: subject.id,
              unitId: unit.id,
              kind: 'bereavement',
              gifts: [{ ceiling: 'bereavement', form: 'money', fen: step.amount }],
            }),
          ],
        },
        reject: { to: 'rejected' },
      },
    },
    pay: {
      by: ['clerk'],
      within: promises.carePayment,
      ask: familyPaymentForm,
      on: {
        approve: { to: 'approved', do: (c) => [spend({ reserved: c.receiptOf(reserve), ...c.step })] },
        return: { to: 'visit', do: (c) => [release(c.receiptOf(reserve))] },
        reject: { to: 'rejected' },
      },
    },
  },
  reasons: { reject: ['family-declines', 'paid-elsewhere', 'not-covered'], return: ['cannot-reach'] },
  undo: { by: 'lead' },
});
