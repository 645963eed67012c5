/** 纳入属地管理 (第四条（二）, 第三条): somebody whom nobody has registered yet comes into the care of where they live. */
import { formAbout } from '../engine/form.ts';
import { officeEntry } from '../engine/office-entry.ts';
import { q } from '../engine/questions/index.ts';
import { defineService } from '../engine/service.ts';
import type { Retiree } from '../ports.ts';
import { enrol } from '../registry/enrol.ts';
import { insuringAgency, managingLevel } from '../registry/insuring-agency.ts';
import { promises } from '../rulebook.ts';
import { showAddress } from '../values/address.ts';
import { ethnicities } from '../values/ethnicities.ts';
import { birthDateOf, maskIdNumber, sexOf } from '../values/id-number.ts';
import { firstOf } from '../values/plain-month.ts';

/** 第二条: who draws another pension is looked after by others, and told by whom. */
const othersPensions: Partial<Record<string, string>> = {
  public: 'pension-public',
  residents: 'pension-residents',
  elsewhere: 'pension-elsewhere',
};

const isFamily = ({ answers }: { answers: { whom?: 'me' | 'family' } }) => answers.whom === 'family';
const isInTheCity = ({ answers }: { answers: { lives: string } }) => answers.lives === 'city';

const ask = formAbout<Retiree | null>()
  .ask('pension', q.choice('enterprise', 'public', 'residents', 'elsewhere', 'unknown'))
  .ask('whom', q.choice('me', 'family'), { when: ({ by }) => by !== 'counter' })
  .ask('relation', q.choice('spouse', 'child', 'relative', 'other'), { when: isFamily })
  .ask('person', q.person())
  .ask('retiredOn', q.month({ max: 'now' }))
  .ask('employerKind', q.choice('central', 'provincial', 'municipal', 'district', 'self-employed'))
  .ask('employer', q.text({ max: 60 }), { when: ({ answers }) => answers.employerKind !== 'self-employed' })
  .ask('agency', q.optional(q.unit('agency'), 'unknown'))
  .ask('ethnicity', q.sensitive(q.choice(...ethnicities)))
  .ask('lives', q.choice('city', 'elsewhere'))
  .ask('home', q.residence(), { when: isInTheCity })
  .ask('place', q.text({ max: 100, pageOnly: true }), { when: (c) => !isInTheCity(c) })
  .ask('phone', q.phone())
  .ask('contactName', q.text({ max: 30 }))
  .ask('contactRelation', q.choice('spouse', 'child', 'relative', 'other'))
  .ask('contactPhone', q.phone())
  .ask('acts', q.yes(), { when: isFamily })
  .ask('proof', q.optional(q.pageOnly(q.photos({ max: 3 }))))
  .ask('informed', q.notice());

export default defineService({
  kind: 'enrolment',
  version: 1,
  basis: ['第四条（二）', '第三条', '第二条'],
  subject: 'newcomer',
  promise: promises.enrolment,
  open: {
    by: ['self', 'counter'],
    one: 'join',
    about: ({ answers }) => answers.person,
    must: ({ answers: { pension } }) => (pension && othersPensions[pension]) ?? null,
  },
  ask,
  steps: {
    decide: {
      by: ['clerk'],
      within: promises.enrolment,
      at: ({ answers: { home, agency, employerKind }, units }) =>
        home?.community ?? agency ?? insuringAgency(units, employerKind, null),
      forwards: { answer: 'home', level: 'community' },
      ask: formAbout<Retiree | null>()
        .ask('how', q.choice('papers', 'call', 'visit'))
        .ask('agency', q.optional(q.unit('agency'))),
      on: {
        approve: {
          to: 'enter',
          do: ({ answers, step, unit, units, today }) => {
            const { person, home, relation } = answers;
            const insuredAt =
              step.agency ?? answers.agency ?? insuringAgency(units, answers.employerKind, home?.community ?? null);
            return [
              enrol({
                person: {
                  ...person,
                  sex: sexOf(person.idNumber),
                  born: birthDateOf(person.idNumber),
                  phone: answers.phone,
                  retiredOn: firstOf(answers.retiredOn),
                  employer: answers.employer ?? null,
                  employerKind: answers.employerKind,
                  insuredAt: insuredAt.id,
                  managedBy: managingLevel(units, insuredAt),
                  ethnicity: answers.ethnicity,
                },
                // 第三条: outside the city it is the agency where the insurance relation is.
                unitId: home ? unit.id : insuredAt.id,
                communityId: home?.community.id ?? null,
                place: home?.place ?? { words: answers.place ?? '' },
                contact: {
                  name: answers.contactName,
                  relation: answers.contactRelation,
                  phone: answers.contactPhone,
                },
                since: today,
                applicant: !answers.whom
                  ? null
                  : relation
                    ? { relation, acts: answers.acts ?? false }
                    : { relation: 'self' },
              }),
            ];
          },
        },
        forward: { to: 'here' },
        return: { to: 'here' },
        reject: { to: 'rejected' },
      },
    },
    enter: {
      ...officeEntry,
      copy: ({ answers, unit, units }) => [
        { key: 'name', value: answers.person.name },
        { key: 'idNumber', value: maskIdNumber(answers.person.idNumber) },
        { key: 'retiredOn', value: answers.retiredOn },
        { key: 'ethnicity', value: answers.ethnicity },
        { key: 'community', value: units.fullName(unit) },
        { key: 'address', value: answers.home ? showAddress(answers.home.place) : (answers.place ?? '') },
        { key: 'phone', value: answers.phone },
        { key: 'contactPhone', value: answers.contactPhone },
        { key: 'employer', value: answers.employer ?? '' },
      ],
    },
  },
  reasons: {
    reject: ['already-registered', 'not-covered', 'not-living-here', 'cannot-verify'],
    return: ['address-incomplete', 'photo-unclear', 'papers-needed', 'cannot-reach'],
  },
  undo: { by: 'lead' },
});
