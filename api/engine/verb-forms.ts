/** What a verb asks of whoever uses it. Decisions are drafts of these forms, so chat and pages ask them like any other. */
import type { ReasonVerb } from '../../db/schema/settings.ts';
import type { Ctx } from '../context.ts';
import type { Asked, Asks, FormEntry } from './form.ts';
import { form } from './form.ts';
import { ownReason } from './own-reasons.ts';
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

/** Who uses a verb, and where: the unit's own usual reasons are offered with those of the service. */
interface Place {
  as: Asks;
  ownReasons: readonly string[];
}

/** Whether units may add to the reasons of a verb. */
export const takesReasons = ({ reasons }: Service, verb: Verb): verb is ReasonVerb =>
  verb === 'return' || (verb === 'reject' && !reasons?.closed);

/** What the unit of a case added to the reasons of a verb. */
export const ownReasonsAt = ({ city }: Ctx, service: Service, unitId: string, verb: Verb) =>
  takesReasons(service, verb) ? city.usualReasons.of(unitId, service.kind, verb) : [];

/** The questions of a verb at a step, for whoever uses it; for everybody together when that is left out. None for one tap. */
export function verbForm(
  service: Service,
  step: AnyStep | null,
  verb: Verb,
  { as, ownReasons = [] }: Partial<Place> = {},
): readonly FormEntry[] {
  // A retiree's no needs no reason.
  if (as === 'retiree' && verb === 'reject') return nothing;
  const entries = wholeForm(service, step, verb, ownReasons.map(ownReason));
  return as ? entries.filter((entry) => (entry.of ?? as) === as) : entries;
}

function wholeForm(service: Service, step: AnyStep | null, verb: Verb, own: readonly string[]): readonly FormEntry[] {
  switch (verb) {
    case 'approve':
    case 'object':
      return step?.on[verb]?.ask?.entries ?? step?.ask?.entries ?? nothing;
    case 'return':
      return returnForm([...(service.reasons?.return ?? []), ...own]).entries;
    case 'reject':
      return form
        .ask('reason', q.choice(...(service.reasons?.reject ?? ['other']), ...own))
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
