/** The five hardest services, said in the words of the engine: what it must be able to say, in how few lines. */
import { sql } from 'drizzle-orm';
import { openCase } from '../../../api/engine/effects/open-case.ts';
import { form, formAbout } from '../../../api/engine/form.ts';
import { q } from '../../../api/engine/questions/index.ts';
import { defineService, type Enterprise, type Opening } from '../../../api/engine/service.ts';
import type { Retiree } from '../../../api/ports.ts';
import { certify, enrol, markDeceased, release, reserve, spend, task } from './toy-domain.ts';

const careOf = (c: { subject: Retiree }) => c.subject.care;
const streetOf = (c: Pick<Opening<object, Retiree>, 'subject' | 'units'>) => c.units.above(c.subject.care, 'street');
const HARDSHIP_MAX_FEN = 100_000;

export const hardship = defineService({
  kind: 'toy-hardship',
  version: 1,
  basis: ['第十九条（四）'],
  subject: 'retiree',
  promise: 20,
  open: { by: ['self', 'relative', 'counter'], one: 'show', must: (c) => (streetOf(c) ? null : 'no-street') },
  ask: form
    .ask('situation', q.choice('alone', 'childlessCouple', 'other'))
    .ask('cause', q.choice('illness', 'event'))
    .ask('what', q.text({ max: 500, pageOnly: true }))
    .ask('papers', q.optional(q.photos({ max: 6 }))),
  steps: {
    community: {
      by: ['clerk'],
      at: careOf,
      within: 5,
      ask: form.ask('finding', q.text()).ask('visited', q.date({ max: 'today' })),
      on: { approve: { to: 'street' }, return: { to: 'here' }, reject: { to: 'rejected' } },
    },
    street: {
      by: ['lead'],
      at: streetOf,
      within: 5,
      ask: form.ask('amount', q.money({ max: HARDSHIP_MAX_FEN })),
      on: {
        approve: { to: 'notice', do: (c) => [reserve({ unitId: c.unit.id, fen: c.step.amount })] },
        return: { to: 'community' },
        reject: { to: 'rejected' },
      },
    },
    notice: {
      by: ['everyone'],
      at: streetOf,
      after: 5,
      show: (c) => [{ key: 'amount', value: String(c.receiptOf(reserve).fen / 100) }],
      ask: form.ask('why', q.text({ max: 500 })),
      on: { object: { to: 'street', do: (c) => [release(c.receiptOf(reserve))] }, expire: { to: 'pay' } },
    },
    pay: {
      by: ['clerk'],
      at: streetOf,
      within: 5,
      ask: form.ask('paidOn', q.date({ max: 'today' })).ask('receipt', q.photos({ min: 1 })),
      on: { approve: { to: 'file', do: (c) => [spend({ ...c.receiptOf(reserve), on: c.step.paidOn })] } },
    },
    file: {
      by: ['clerk'],
      at: (c) => c.units.above(c.units.above(c.subject.care, 'district'), 'agency'),
      within: 5,
      on: { approve: { to: 'approved' } },
    },
  },
  undo: { by: 'lead' },
});

export const deathReport = defineService({
  kind: 'toy-death-report',
  version: 1,
  basis: ['第十三条', '第二十四条（四）'],
  subject: 'reported',
  promise: 2,
  open: {
    by: ['anyone', 'relative', 'counter'],
    one: 'join',
    about: (c) => c.answers.who,
    do: (c) => (c.subject?.care ? [task({ unitId: c.subject.care.id, what: 'please-confirm' })] : []),
  },
  ask: formAbout<Retiree | null>()
    .ask('who', q.person())
    .ask('when', q.date({ max: 'today' }))
    .ask('community', q.unit('community'), { when: ({ by }) => by === 'anyone' })
    .ask('relation', q.choice('spouse', 'child', 'relative', 'neighbour'))
    .ask('phone', q.phone())
    .ask('certificate', q.optional(q.photos())),
  steps: {
    verify: {
      by: ['clerk', 'party'],
      at: (c) => c.subject?.care ?? c.answers.community ?? c.units.cityAgency(),
      within: 2,
      ask: form.ask('retiree', q.person()).ask('how', q.choice('phone', 'visit')).ask('note', q.text()),
      identifies: 'retiree',
      on: {
        approve: {
          to: 'approved',
          by: ['clerk'],
          do: ({ subject, answers }) =>
            subject
              ? [
                  markDeceased({ retireeId: subject.id, on: answers.when }),
                  task({ unitId: subject.insuredAt.id, what: 'stop-pension' }),
                  openCase({ kind: 'care-payment', subjectId: subject.id, recover: 'toy-recovery' }),
                  openCase({ kind: 'toy-survivor-benefits', subjectId: subject.id }),
                ]
              : [],
        },
        object: { to: 'here', ask: form.ask('why', q.text()) },
        forward: { to: 'here' },
        reject: { to: 'rejected' },
      },
    },
  },
  undo: { by: 'lead' },
});

/** What follows from a death, in miniature: a payment, a benefit, and what recovers a payment made for somebody alive. */
const following = (kind: string) =>
  defineService({
    kind,
    version: 1,
    basis: ['第十三条'],
    subject: 'retiree',
    promise: 20,
    endsAtDeath: false,
    open: { fromEffect: true },
    ask: form,
    steps: {
      pay: {
        by: ['clerk'],
        at: (c) => c.subject.insuredAt,
        ask: form.ask('amount', q.money({ max: HARDSHIP_MAX_FEN })),
        on: {
          approve: {
            to: 'approved',
            do: (c) => [
              reserve({ unitId: c.unit.id, fen: c.step.amount }),
              spend({ unitId: c.unit.id, fen: c.step.amount, on: c.today }),
            ],
          },
        },
      },
    },
  });
export const carePayment = following('care-payment');
export const survivorBenefits = following('toy-survivor-benefits');
export const recovery = following('toy-recovery');

const DUE_AT_ONCE = 3;

export const certification = defineService({
  kind: 'toy-certification',
  version: 1,
  basis: ['第十一条（三）'],
  subject: 'retiree',
  promise: 30,
  open: {
    by: ['self', 'relative', 'counter'],
    one: 'show',
    // The oldest of one community, a few at a time: enough to turn the pages.
    async due(db, today, after) {
      const rows = await db.execute<{ id: string }>(sql`
        select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
         where c.unit_id = '430102001001' and r.born < '1936-01-01' and r.died_on is null
           and not exists (select from toy_certified t where t.retiree_id = r.id and t.day > ${today}::date - 365)
           and r.id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
         order by r.id limit ${DUE_AT_ONCE}`);
      return [...rows].map((row) => row.id);
    },
  },
  ask: form,
  steps: {
    prove: {
      by: ['party', 'clerk'],
      at: careOf,
      after: 20,
      ask: form.ask('how', q.choice('nationalApp', 'atTheCounter', 'comeToMe')).ask('on', q.date({ max: 'today' })),
      // A person's word is only to be checked; a clerk certifies.
      on: { approve: { to: 'check' }, expire: { to: 'visit' } },
    },
    check: {
      by: ['clerk'],
      at: careOf,
      within: 3,
      ask: form.ask('on', q.date({ max: 'today' })),
      on: {
        approve: { to: 'approved', do: (c) => [certify({ retireeId: c.subject.id, on: c.step.on })] },
        return: { to: 'visit' },
      },
    },
    visit: {
      by: ['clerk'],
      at: careOf,
      within: 10,
      ask: form.ask('seen', q.yes()).ask('on', q.date({ max: 'today' })),
      on: {
        approve: { to: 'approved', do: (c) => [certify({ retireeId: c.subject.id, on: c.step.on })] },
        reject: { to: 'rejected', do: (c) => [task({ unitId: c.subject.insuredAt.id, what: 'not-certified' })] },
      },
    },
  },
});

const row = formAbout<null>()
  .ask('person', q.person())
  .ask('community', q.unit('community'))
  .ask('retiredOn', q.date());

export const handover = defineService({
  kind: 'handover',
  version: 1,
  basis: ['第四条（一）'],
  subject: 'enterprise',
  promise: 10,
  open: { by: ['enterprise'] },
  ask: formAbout<Enterprise>().ask('rows', q.rows(row)).ask('opinion', q.optional(q.photos())),
  steps: {
    confirm: {
      by: ['clerk'],
      at: (c) => c.units.cityAgency(),
      when: (c) => c.subject.firstTime,
      within: 5,
      on: { approve: { to: 'letters' }, return: { to: 'here' }, reject: { to: 'rejected' } },
    },
    letters: {
      by: ['party'],
      print: ['annex-1', 'annex-2'],
      on: {
        approve: {
          to: 'approved',
          do: (c) =>
            c.answers.rows.map(({ person, community, retiredOn }) =>
              openCase({ kind: 'arrival', answers: { person, community: community.id, retiredOn } }, person.idNumber),
            ),
        },
      },
    },
  },
  undo: { by: 'lead' },
});

export const arrival = defineService({
  kind: 'arrival',
  version: 1,
  basis: ['第四条（一）'],
  subject: 'newcomer',
  promise: 30,
  open: { fromEffect: true },
  ask: row,
  steps: {
    report: {
      by: ['clerk'],
      at: (c) => c.answers.community,
      within: 30,
      forwards: { answer: 'community', level: 'community' },
      ask: form.ask('home', q.residence()).ask('letter', q.optional(q.photos())),
      on: {
        approve: {
          to: 'approved',
          do: ({ answers, step, units, today }) => [
            enrol({
              person: answers.person,
              home: { communityId: step.home.community.id, place: step.home.place },
              since: today,
              insuredAt: units.cityAgency().id,
            }),
          ],
        },
        forward: { to: 'here' },
      },
    },
  },
});
