/** What is asked whenever something is handed over (发放): the same for every service. */
import type { PlainDate } from '../dates.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';

export interface Handover {
  paidOn: PlainDate;
  /** Who took it: the retiree, or for them somebody else. */
  receiver: 'self' | 'spouse' | 'child' | 'relative' | 'other';
  receiverName?: string;
  /** The second of the two who handed it over; the first records it. */
  second: string;
  receipt: string[];
}

const LONGEST_NAME = 50;

const handedOver = q.photos({ min: 1, max: 3 });
const day = q.date({ max: 'today' });
const name = q.text({ max: LONGEST_NAME });

/** To a retiree, or somebody who takes it for them. */
export const paymentForm = form
  .ask('paidOn', day)
  .ask('receiver', q.choice('self', 'spouse', 'child', 'relative', 'other'))
  .ask('receiverName', name, { when: ({ answers }) => answers.receiver !== 'self' })
  .ask('second', name)
  .ask('receipt', handedOver);

/** To the family of the deceased. */
export const familyPaymentForm = form
  .ask('paidOn', day)
  .ask('receiver', q.choice('spouse', 'child', 'relative', 'other'))
  .ask('receiverName', name)
  .ask('second', name)
  .ask('receipt', handedOver);
