/**
 * 反映困难 (第十四条): a member of a self-help group, or whoever leads it, tells the community of somebody's difficulty, who agreed to
 * that; of their own anybody tells. A member is one of the same group, by name; a neighbour may be somebody whom no registry has. Where somebody is in danger nothing is filled in and nobody's consent is waited for: the form ends with whom to call.
 */
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { isNamedInGroupOf } from '../groups/members.ts';
import { promises } from '../rulebook.ts';

const ofAnother = ({ answers }: { answers: { whom: string } }) => answers.whom !== 'self';

export default defineService({
  kind: 'difficulty',
  version: 1,
  basis: ['第十四条'],
  subject: 'retiree',
  promise: promises.difficulty,
  open: {
    by: ['self', 'relative', 'counter'],
    must: ({ subject, answers }) => {
      if (answers.danger && answers.danger !== 'none') return answers.danger;
      if (subject.care?.level !== 'community') return 'not-in-a-community';
      if (answers.whom && answers.whom !== 'self' && !subject.inGroup) return 'not-a-member';
      return answers.agreed === false ? 'no-consent' : null;
    },
    check: async (ctx, { subject, answers: { whom, name } }) =>
      whom !== 'member' || !name || (await isNamedInGroupOf(ctx, subject.id, name))
        ? null
        : { reason: 'not-in-group', at: 'name' },
    urgent: (reason) => {
      if (reason === 'fallen') return ['120'];
      return reason === 'no-contact' || reason === 'lost' ? ['110', '120'] : [];
    },
  },
  ask: form
    .ask('danger', q.choice('none', 'no-contact', 'fallen', 'lost'))
    .ask('whom', q.choice('member', 'neighbour', 'self'))
    .ask('agreed', q.yes(), { when: ofAnother })
    .ask('name', q.sensitive(q.text({ max: 20 })), { when: ofAnother })
    .ask('where', q.optional(q.sensitive(q.text({ max: 60 }))), { when: ofAnother })
    .ask('kind', q.sensitive(q.choice('living', 'lonely', 'care', 'money', 'home', 'other')))
    .ask('what', q.sensitive(q.text({ max: 500 })))
    .ask('phone', q.phone(), { known: ({ subject }) => subject.phone }),
  steps: {
    see: {
      by: ['clerk'],
      at: ({ subject }) => subject.care,
      within: promises.difficulty,
      ask: form
        .ask('seen', q.date({ max: 'today' }))
        .ask('outcome', q.choice('settled', 'applied', 'watched'))
        .ask('note', q.sensitive(q.text({ max: 500 }))),
      on: { approve: { to: 'approved' }, return: { to: 'here' }, reject: { to: 'rejected' } },
    },
  },
  reasons: { reject: ['does-not-want', 'not-found'], return: ['unclear'] },
});
