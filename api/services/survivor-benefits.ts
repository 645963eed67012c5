/**
 * 遗属待遇 (第十一条（二）, 第二十四条（四）, 人社部发〔2021〕18号): funeral grant, survivor grant and what is left on the personal account.
 * One claimant signs for all heirs, the community helps with the papers, the agency decides and pays.
 */
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { defineService } from '../engine/service.ts';
import type { Retiree } from '../ports.ts';
import { promises } from '../rulebook.ts';

const agency = ({ subject }: { subject: Retiree }) => subject.insuredAt;
const MOST_YEARS = 60;

export default defineService({
  kind: 'survivor-benefits',
  version: 1,
  basis: ['第十一条（二）', '第二十四条（四）'],
  subject: 'retiree',
  promise: promises.survivorBenefits,
  tone: 'bereavement',
  endsAtDeath: false,
  panel: 'estimate',
  open: { by: ['relative', 'counter'], one: 'show', must: ({ subject }) => (subject.alive ? 'alive' : null) },
  ask: form
    .ask('claimant', q.optional(q.text({ max: 20 })), { known: ({ me }) => me })
    .ask('relation', q.optional(q.choice('spouse', 'child', 'relative')))
    .ask('phone', q.optional(q.phone()))
    .ask('years', q.optional(q.number({ max: MOST_YEARS }), 'unknown'))
    .ask('atWork', q.optional(q.yes(), 'unknown'))
    .ask('deathPaper', q.optional(q.pageOnly(q.photos())))
    .ask('claimantPaper', q.optional(q.pageOnly(q.photos())))
    .ask('kinshipPaper', q.optional(q.pageOnly(q.photos())))
    .ask('will', q.optional(q.pageOnly(q.photos()))),
  adds: ['claimant', 'relation', 'phone', 'years', 'atWork', 'deathPaper', 'claimantPaper', 'kinshipPaper', 'will'],
  steps: {
    sign: {
      by: ['party', 'clerk'],
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      within: promises.familyPapers,
      ask: form.ask('forAll', q.notice()),
      on: { approve: { to: 'decide' }, object: { to: 'disputed', by: ['party'], ask: form } },
    },
    decide: {
      by: ['clerk'],
      at: agency,
      within: promises.survivorBenefits,
      on: {
        approve: { to: 'approved' },
        return: { to: 'sign' },
        object: { to: 'disputed', by: ['party'], ask: form },
        reject: { to: 'rejected' },
      },
    },
    // Heirs who do not agree: nothing is paid before the agency has heard them.
    disputed: {
      by: ['clerk'],
      at: agency,
      within: promises.survivorBenefits,
      ask: form.ask('note', q.text({ max: 500 })),
      on: { approve: { to: 'sign' }, reject: { to: 'rejected' } },
    },
  },
  reasons: {
    reject: ['not-entitled', 'paid-before', 'at-work'],
    return: ['death-paper', 'claimant-paper', 'kinship-paper', 'unclear'],
  },
  undo: { by: 'lead' },
});
