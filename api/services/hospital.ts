/** 重病住院探望 (第十九条（三）): somebody gravely ill is visited in hospital, with money, goods or both. */
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { paymentForm } from '../care/payment-form.ts';
import { release } from '../care/release.ts';
import { reserve } from '../care/reserve.ts';
import { spend } from '../care/spend.ts';
import { ceilingFen, promises } from '../rulebook.ts';

const [mostMoney, mostGoods] = [ceilingFen('hospital-money'), ceilingFen('hospital-goods')];

export default defineService({
  kind: 'hospital',
  version: 1,
  basis: ['第十九条（三）'],
  subject: 'retiree',
  promise: promises.hospitalVisit + promises.carePayment,
  open: {
    by: ['self', 'relative', 'counter'],
    one: 'show',
  },
  ask: form
    .ask('since', q.date({ max: 'today' }))
    .ask('hospital', q.text({ max: 60, pageOnly: true }))
    .ask('phone', q.phone(), { known: ({ subject }) => subject.phone })
    .ask('papers', q.optional(q.pageOnly(q.photos({ max: 3 })))),
  steps: {
    visit: {
      by: ['clerk'],
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      within: promises.hospitalVisit,
      ask: form
        .ask('visited', q.date({ max: 'today' }))
        .ask('grave', q.notice())
        .ask('form', q.choice('money', 'goods', 'both'))
        .ask('money', q.money({ max: mostMoney }), { when: ({ answers }) => answers.form !== 'goods' })
        .ask('goods', q.money({ max: mostGoods }), { when: ({ answers }) => answers.form !== 'money' }),
      on: {
        approve: {
          to: 'pay',
          do: ({ subject, unit, step: { money, goods } }) => [
            reserve({
              retireeId: subject.id,
              unitId: unit.id,
              kind: 'hospital',
              gifts: [
                ...(money ? [{ ceiling: 'hospital-money', form: 'money', fen: money } as const] : []),
                ...(goods ? [{ ceiling: 'hospital-goods', form: 'goods', fen: goods } as const] : []),
              ],
            }),
          ],
        },
        return: { to: 'here' },
        reject: { to: 'rejected' },
      },
    },
    pay: {
      by: ['clerk'],
      within: promises.carePayment,
      ask: paymentForm,
      on: {
        approve: { to: 'approved', do: (c) => [spend({ reserved: c.receiptOf(reserve), ...c.step })] },
        return: { to: 'visit', do: (c) => [release(c.receiptOf(reserve))] },
        reject: { to: 'rejected' },
      },
    },
  },
  reasons: {
    reject: ['not-gravely-ill', 'not-in-hospital', 'given-this-year', 'not-covered'],
    return: ['cannot-reach', 'hospital-unclear', 'photo-unclear'],
  },
  undo: { by: 'lead' },
});
