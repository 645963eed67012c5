/**
 * 特困慰问 (第十九条（四）): community, street, public notice, payment, and filing with the district's agency, which acknowledges and
 * cannot reject. An objection returns it to the street.
 */
import { defineService, type Opening } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { yuanOf } from '../care/money.ts';
import { paymentForm } from '../care/payment-form.ts';
import { release } from '../care/release.ts';
import { reserve } from '../care/reserve.ts';
import { hardshipLacks } from '../care/rules.ts';
import { spend } from '../care/spend.ts';
import type { Retiree } from '../ports.ts';
import { ceilingFen, promises } from '../rulebook.ts';

const streetOf = (c: Pick<Opening<object, Retiree>, 'subject' | 'units'>) => c.units.above(c.subject.care, 'street');

export default defineService({
  kind: 'hardship',
  version: 1,
  basis: ['第十九条（四）'],
  subject: 'retiree',
  promise: 4 * promises.hardshipStep + promises.carePayment,
  open: {
    by: ['self', 'relative', 'counter'],
    one: 'show',
    must: (c) => (streetOf(c) ? hardshipLacks(c.answers) : 'no-street'),
  },
  ask: form
    .ask('situation', q.pageOnly(q.choice('noFamily', 'childlessCouple', 'otherSpecial', 'none')))
    .ask('cause', q.pageOnly(q.choice('graveIllness', 'event', 'none')))
    .ask('difficult', q.yes())
    .ask('what', q.text({ max: 500, pageOnly: true }))
    .ask('phone', q.phone(), { known: ({ subject }) => subject.phone })
    .ask('papers', q.optional(q.pageOnly(q.photos({ max: 6 })))),
  steps: {
    community: {
      by: ['clerk'],
      at: ({ subject }) => subject.care,
      within: promises.hardshipStep,
      ask: form
        .ask('visited', q.date({ max: 'today' }))
        .ask('special', q.pageOnly(q.notice()))
        .ask('caused', q.pageOnly(q.notice()))
        .ask('poor', q.notice())
        .ask('finding', q.text({ max: 500, pageOnly: true })),
      on: { approve: { to: 'street' }, return: { to: 'here' }, reject: { to: 'rejected' } },
    },
    street: {
      by: ['lead'],
      at: streetOf,
      within: promises.hardshipStep,
      ask: form.ask('amount', q.money({ max: ceilingFen('hardship') })),
      on: {
        approve: {
          to: 'notice',
          do: ({ subject, unit, step }) => [
            reserve({
              retireeId: subject.id,
              unitId: unit.id,
              kind: 'hardship',
              gifts: [{ ceiling: 'hardship', form: 'money', fen: step.amount }],
            }),
          ],
        },
        return: { to: 'community' },
        reject: { to: 'rejected' },
      },
    },
    notice: {
      by: ['everyone'],
      at: streetOf,
      after: 'publicNoticeDays',
      show: (c) => [
        { key: 'amount', value: yuanOf(c.receiptOf(reserve).fen) },
        { key: 'because', value: '' },
      ],
      ask: form.ask('why', q.text({ max: 500 })),
      on: { object: { to: 'street', do: (c) => [release(c.receiptOf(reserve))] }, expire: { to: 'pay' } },
    },
    pay: {
      by: ['clerk'],
      at: streetOf,
      within: promises.carePayment,
      ask: paymentForm.ask('posted', q.photos({ min: 1, max: 3 })),
      on: {
        approve: { to: 'file', do: (c) => [spend({ reserved: c.receiptOf(reserve), ...c.step })] },
        return: { to: 'street', do: (c) => [release(c.receiptOf(reserve))] },
      },
    },
    file: {
      by: ['clerk'],
      at: (c) => c.units.above(c.units.above(c.subject.care, 'district'), 'agency'),
      within: promises.hardshipStep,
      on: { approve: { to: 'approved' } },
    },
  },
  reasons: {
    reject: ['not-special', 'no-cause', 'not-difficult', 'given-before', 'objection-holds', 'not-covered'],
    return: ['cannot-reach', 'papers-missing', 'photo-unclear'],
  },
  undo: { by: 'lead' },
});
