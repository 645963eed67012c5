/** 社会化关系转接 (第五条, 第三条): care moves to where somebody now lives, or to the agency when that is outside the city. */
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { officeEntry } from '../engine/office-entry.ts';
import { q } from '../engine/questions/index.ts';
import { leaveGroup } from '../groups/leave-group.ts';
import { moveCare } from '../registry/move-care.ts';
import { moveHome } from '../registry/move-home.ts';
import { tellUnit } from '../registry/tell-unit.ts';
import { showAddress } from '../values/address.ts';
import { promises } from '../rulebook.ts';

const inTheCity = ({ answers }: { answers: { to: string } }) => answers.to === 'city';

export default defineService({
  kind: 'relocation',
  version: 1,
  basis: ['第五条', '第三条'],
  subject: 'retiree',
  promise: promises.relocation,
  open: {
    by: ['self', 'relative', 'counter'],
    one: 'show',
    must: ({ subject, answers }) =>
      answers.home && answers.home.community.id === subject.care?.id ? 'same-community' : null,
  },
  ask: form
    .ask('to', q.choice('city', 'outOfCity', 'outOfProvince', 'abroad'))
    .ask('home', q.residence(), { when: inTheCity })
    .ask('place', q.text({ max: 100, pageOnly: true }), { when: (c) => !inTheCity(c) })
    .ask('since', q.date({ max: 'today' }))
    .ask('reason', q.choice('demolition', 'purchase', 'withChildren', 'other'))
    .ask('proof', q.optional(q.photos({ max: 3 })))
    .ask('handOver', q.notice(), { when: inTheCity })
    .ask('handOverOut', q.notice(), { when: (c) => !inTheCity(c) }),
  steps: {
    decide: {
      by: ['clerk'],
      within: promises.relocation,
      at: ({ subject, answers }) => answers.home?.community ?? subject.insuredAt,
      forwards: { answer: 'home', level: 'community' },
      on: {
        approve: {
          to: 'enter',
          together: true,
          do: ({ subject, answers: { home, place, since }, unit }) => [
            moveCare({ retireeId: subject.id, unitId: unit.id, since }),
            moveHome({
              retireeId: subject.id,
              communityId: home?.community.id ?? null,
              place: home?.place ?? { words: place ?? '' },
              since,
            }),
            leaveGroup({ retireeId: subject.id, name: subject.name }),
            ...(subject.care ? [tellUnit({ unitId: subject.care.id, template: 'left', name: subject.name })] : []),
          ],
        },
        forward: { to: 'here' },
        return: { to: 'here' },
        reject: { to: 'rejected' },
      },
    },
    enter: {
      ...officeEntry,
      copy: ({ subject, answers: { home, place, since }, unit, units }) => [
        { key: 'name', value: subject.name },
        { key: 'community', value: units.fullName(unit) },
        { key: 'address', value: home ? showAddress(home.place) : (place ?? '') },
        { key: 'since', value: since },
      ],
    },
  },
  reasons: {
    reject: ['not-living-here', 'not-covered'],
    closed: true,
    return: ['address-incomplete', 'photo-unclear', 'since-unclear'],
  },
  undo: { by: 'lead' },
});
