/** 更正信息 (第四条（二）): what the registry holds is wrong; the community looks at it and puts just that right. */
import { form } from '../engine/form.ts';
import { officeEntry } from '../engine/office-entry.ts';
import { q } from '../engine/questions/index.ts';
import { defineService } from '../engine/service.ts';
import { setContact } from '../registry/set-contact.ts';
import { setFacts } from '../registry/set-facts.ts';
import { setIdNumber } from '../registry/set-id-number.ts';
import { setName } from '../registry/set-name.ts';
import { setPhone } from '../registry/set-phone.ts';
import { promises } from '../rulebook.ts';
import { ethnicities } from '../values/ethnicities.ts';
import { maskIdNumber } from '../values/id-number.ts';
import { normaliseName } from '../values/person-name.ts';
import { firstOf, monthOf } from '../values/plain-month.ts';

const wrong = ['name', 'phone', 'contact', 'retiredOn', 'employer', 'idNumber', 'born', 'ethnicity'] as const;
type Wrong = (typeof wrong)[number];
const ifWrong = (one: Wrong) => ({ when: (c: { answers: { what: Wrong } }) => c.answers.what === one });

export default defineService({
  kind: 'correction',
  version: 1,
  basis: ['第四条（二）'],
  subject: 'retiree',
  promise: promises.correction,
  open: {
    by: ['self', 'relative', 'counter'],
    scope: 'everything',
    one: 'show',
    must: ({ subject, answers: { name, phone, born, retiredOn } }) => {
      const same = [
        name !== undefined && normaliseName(name) === subject.name,
        phone !== undefined && phone === subject.phone,
        born !== undefined && born === subject.born,
        retiredOn !== undefined && subject.retiredOn !== null && retiredOn === monthOf(subject.retiredOn),
      ];
      return same.includes(true) ? 'nothing-changes' : null;
    },
  },
  ask: form
    .ask('what', q.choice(...wrong))
    .ask('name', q.text({ max: 30 }), { ...ifWrong('name'), known: ({ subject }) => subject.name })
    .ask('phone', q.phone(), { ...ifWrong('phone'), known: ({ subject }) => subject.phone })
    .ask('contactName', q.text({ max: 30 }), ifWrong('contact'))
    .ask('contactRelation', q.choice('spouse', 'child', 'relative', 'other'), ifWrong('contact'))
    .ask('contactPhone', q.phone(), ifWrong('contact'))
    .ask('retiredOn', q.month({ max: 'now' }), {
      ...ifWrong('retiredOn'),
      known: ({ subject }) => subject.retiredOn && monthOf(subject.retiredOn),
    })
    .ask('employerKind', q.choice('central', 'provincial', 'municipal', 'district', 'self-employed'), {
      ...ifWrong('employer'),
      known: ({ subject }) => subject.employerKind,
    })
    .ask('employer', q.text({ max: 60 }), {
      when: ({ answers }) => answers.what === 'employer' && answers.employerKind !== 'self-employed',
      known: ({ subject }) => subject.employer,
    })
    .ask('idNumber', q.idNumber(), ifWrong('idNumber'))
    .ask('born', q.date({ max: 'today' }), { ...ifWrong('born'), known: ({ subject }) => subject.born })
    .ask('ethnicity', q.sensitive(q.choice(...ethnicities)), ifWrong('ethnicity'))
    .ask('proof', q.optional(q.pageOnly(q.photos({ max: 3 })))),
  steps: {
    decide: {
      by: ['clerk'],
      within: promises.correction,
      at: ({ subject }) => subject.care ?? subject.insuredAt,
      on: {
        approve: {
          to: 'enter',
          do: ({ subject: { id: retireeId }, answers: a }) => {
            if (a.name !== undefined) return [setName({ retireeId, name: normaliseName(a.name) })];
            if (a.phone !== undefined) return [setPhone({ retireeId, phone: a.phone })];
            if (a.idNumber !== undefined) return [setIdNumber({ retireeId, idNumber: a.idNumber })];
            if (a.contactName !== undefined && a.contactRelation && a.contactPhone)
              return [
                setContact({ retireeId, name: a.contactName, relation: a.contactRelation, phone: a.contactPhone }),
              ];
            if (a.employerKind)
              return [setFacts({ retireeId, facts: { employerKind: a.employerKind, employer: a.employer ?? null } })];
            if (a.retiredOn) return [setFacts({ retireeId, facts: { retiredOn: firstOf(a.retiredOn) } })];
            if (a.born) return [setFacts({ retireeId, facts: { born: a.born } })];
            return a.ethnicity ? [setFacts({ retireeId, facts: { ethnicity: a.ethnicity } })] : [];
          },
        },
        return: { to: 'here' },
        reject: { to: 'rejected' },
      },
    },
    enter: {
      ...officeEntry,
      copy: ({ subject, answers: a }) =>
        [
          { key: 'name', value: a.name ?? subject.name },
          { key: 'phone', value: a.phone },
          { key: 'contactName', value: a.contactName },
          { key: 'contactPhone', value: a.contactPhone },
          { key: 'retiredOn', value: a.retiredOn },
          { key: 'employer', value: a.employer },
          { key: 'idNumber', value: a.idNumber && maskIdNumber(a.idNumber) },
          { key: 'born', value: a.born },
          { key: 'ethnicity', value: a.ethnicity },
        ].flatMap(({ key, value }) => (value ? [{ key, value }] : [])),
    },
  },
  reasons: { reject: ['right-as-held', 'cannot-verify'], return: ['papers-needed', 'photo-unclear'] },
  undo: { by: 'lead' },
});
