/**
 * 加入自管小组 (第十四条): a retiree asks to join a group of their community, or to change into it; whoever leads that group agrees,
 * or the community.
 */
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { q } from '../engine/questions/index.ts';
import { joinGroup } from '../groups/join-group.ts';
import { leadersOfGroup } from '../groups/leaders.ts';
import { promises } from '../rulebook.ts';

/** No community has so many groups. */
const HIGHEST_NUMBER = 200;

export default defineService({
  kind: 'group-join',
  version: 1,
  basis: ['第十四条'],
  subject: 'retiree',
  promise: promises.groupJoin,
  open: {
    by: ['self', 'relative', 'counter'],
    one: 'show',
    must: ({ subject }) => (subject.care?.level === 'community' ? null : 'not-in-a-community'),
  },
  ask: form.ask('group', q.number({ min: 1, max: HIGHEST_NUMBER })).ask('why', q.optional(q.text({ max: 200 }))),
  steps: {
    decide: {
      by: ['clerk', 'leader'],
      leaders: (ctx, { subject, answers }) => leadersOfGroup(ctx, subject.care?.id, answers.group),
      at: ({ subject }) => subject.care,
      within: promises.groupJoin,
      on: {
        approve: {
          to: 'approved',
          together: true,
          do: ({ subject, answers, unit }) => [joinGroup({ retireeId: subject.id, unitId: unit.id, n: answers.group })],
        },
        return: { to: 'here' },
        reject: { to: 'rejected' },
      },
    },
  },
  reasons: { reject: ['full', 'too-few-left', 'moved-away'], return: ['no-such-group'] },
  undo: { by: 'lead' },
});
