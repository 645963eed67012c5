/** What a verb asks of whoever uses it. Decisions are drafts of these forms, so chat and pages ask them like any other. */
import type { Asked, Asks, FormEntry } from './form.ts';
import { form } from './form.ts';
import { q } from './questions/index.ts';
import type { AnyStep, Service } from './service.ts';
import type { Verb } from './verbs.ts';

const LONGEST_NOTE = 500;
const nothing: readonly FormEntry[] = [];

/** 一次性告知: everything missing at once, from the usual reasons and in words; a second return says why it was not said before. */
function returnForm(reasons: readonly string[]): Asked<object> {
  return form
    .ask('missing', q.choices(...reasons, 'other'))
    .ask('words', q.optional(q.text({ max: LONGEST_NOTE })), {
      when: ({ answers }) => !answers.missing.includes('other'),
    })
    .ask('otherWords', q.text({ max: LONGEST_NOTE }), {
      when: ({ answers }) => answers.missing.includes('other'),
    })
    .ask('whyAgain', q.text({ max: LONGEST_NOTE }), { when: ({ returns }) => returns > 0 });
}

/** The questions of a verb at a step, for whoever uses it; for everybody together when that is left out. None for one tap. */
export function verbForm(service: Service, step: AnyStep | null, verb: Verb, as?: Asks): readonly FormEntry[] {
  // A retiree's no needs no reason.
  if (as === 'retiree' && verb === 'reject') return nothing;
  const entries = wholeForm(service, step, verb);
  return as ? entries.filter((entry) => (entry.of ?? as) === as) : entries;
}

function wholeForm(service: Service, step: AnyStep | null, verb: Verb): readonly FormEntry[] {
  switch (verb) {
    case 'approve':
    case 'object':
      return step?.on[verb]?.ask?.entries ?? step?.ask?.entries ?? nothing;
    case 'return':
      return returnForm(service.reasons?.return ?? []).entries;
    case 'reject':
      return form
        .ask('reason', q.choice(...(service.reasons?.reject ?? ['other'])))
        .ask('words', q.optional(q.text({ max: LONGEST_NOTE }))).entries;
    case 'forward':
      return form
        .ask('to', q.unit(step?.forwards?.level ?? 'community'))
        .ask('words', q.optional(q.text({ max: LONGEST_NOTE }))).entries;
    case 'undo':
      return form.ask('words', q.text({ max: LONGEST_NOTE })).entries;
    case 'rate':
      return form
        .ask('stars', q.choice('5', '4', '3', '2', '1'))
        .ask('words', q.optional(q.text({ max: LONGEST_NOTE }))).entries;
    case 'add':
      return service.ask.entries.filter(({ key }) => service.adds?.includes(key));
    case 'assign':
      return form.ask('to', q.text({ max: 36 })).entries;
    default:
      return nothing;
  }
}
