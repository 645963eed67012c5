/** 办小组活动 (第十四条): whoever leads a self-help group proposes an activity; once the community agrees, the members find it. */
import { holdGroupActivity } from '../activities/group-activity.ts';
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { groupSize, promises } from '../rulebook.ts';

export default defineService({
  kind: 'group-activity',
  version: 1,
  basis: ['第十四条'],
  subject: 'retiree',
  promise: promises.groupActivity,
  open: {
    by: ['self', 'counter'],
    must: ({ subject }) => (subject.leadsGroup ? null : 'leads-no-group'),
  },
  ask: form
    .ask('title', q.text({ min: 2, max: 40 }))
    .ask('kind', q.choice('sport', 'culture', 'lecture', 'policy', 'other'))
    .ask('day', q.date())
    .ask('hour', q.number({ min: 6, max: 21 }))
    .ask('hours', q.number({ min: 1, max: 10 }))
    .ask('place', q.text({ min: 2, max: 100 }))
    .ask('directions', q.optional(q.text({ max: 200 })))
    .ask('walking', q.choice('easy', 'some', 'hard'))
    .ask('seats', q.number({ min: 2, max: groupSize.most }), { known: () => groupSize.most })
    .ask('bring', q.optional(q.text({ max: 100 })))
    .ask('details', q.optional(q.text({ max: 500 }))),
  steps: {
    decide: {
      by: ['clerk'],
      at: ({ subject }) => subject.care,
      within: promises.groupActivity,
      on: {
        approve: {
          to: 'approved',
          do: ({ subject, answers, unit }) => [
            holdGroupActivity({ ...answers, leaderId: subject.id, unitId: unit.id }),
          ],
        },
        return: { to: 'here' },
        reject: { to: 'rejected' },
      },
    },
  },
  reasons: { reject: ['not-fit', 'not-safe', 'same-time'], return: ['time-past', 'unclear'] },
  undo: { by: 'lead' },
});
