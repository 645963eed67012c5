/** 住址变更 (第五条, 第四条（二）): a new home inside the same community. */
import { defineService } from '../engine/service.ts';
import { form } from '../engine/form.ts';
import { officeEntry } from '../engine/office-entry.ts';
import { q } from '../engine/questions/index.ts';
import { moveHome } from '../registry/move-home.ts';
import { setPhone } from '../registry/set-phone.ts';
import { showAddress } from '../values/address.ts';
import { promises } from '../rulebook.ts';

export default defineService({
  kind: 'address-change',
  version: 1,
  basis: ['第五条', '第四条（二）'],
  subject: 'retiree',
  promise: promises.addressChange,
  open: {
    by: ['self', 'relative', 'counter'],
    one: 'show',
    must: ({ subject, answers }) => {
      if (subject.care?.level !== 'community') return 'not-in-a-community';
      return answers.home && answers.home.community.id !== subject.care.id ? 'other-community' : null;
    },
  },
  ask: form
    .ask('home', q.residence(), { known: ({ subject }) => subject.care && { communityId: subject.care.id } })
    .ask('since', q.date({ max: 'today' }))
    .ask('phone', q.phone(), { known: ({ subject }) => subject.phone })
    .ask('proof', q.optional(q.photos({ max: 3 }))),
  steps: {
    decide: {
      by: ['clerk'],
      within: promises.addressChange,
      at: ({ subject }) => subject.care,
      on: {
        approve: {
          to: 'enter',
          together: true,
          do: ({ subject, answers: { home, since, phone } }) => [
            moveHome({ retireeId: subject.id, communityId: home.community.id, place: home.place, since }),
            ...(phone === subject.phone ? [] : [setPhone({ retireeId: subject.id, phone })]),
          ],
        },
        return: { to: 'here' },
        reject: { to: 'rejected' },
      },
    },
    enter: {
      ...officeEntry,
      copy: ({ subject, answers: { home, since, phone }, units }) => [
        { key: 'name', value: subject.name },
        { key: 'community', value: units.fullName(home.community) },
        { key: 'address', value: showAddress(home.place) },
        { key: 'phone', value: phone },
        { key: 'since', value: since },
      ],
    },
  },
  reasons: {
    reject: ['not-living-here', 'not-covered'],
    closed: true,
    return: ['address-incomplete', 'photo-unclear', 'since-unclear', 'cannot-reach'],
  },
  undo: { by: 'lead' },
});
