/**
 * The legal moves: one table of verb × status × who, used by the API, by the buttons in chat and on pages, and printed in the
 * documentation. Whether a step offers a verb is the service's to say (`on`).
 */
import type { Status } from '../../db/schema/engine.ts';
import type { StepVerb } from './service.ts';

export interface VerbRule {
  /** The statuses in which it is legal. */
  from: readonly Status[];
  /** `step`: whom the step names; `staff`: anybody at the acting unit; `undoer`: whom the service names. */
  by: 'step' | 'staff' | 'applicant' | 'undoer' | 'clock';
  /** Whether it moves the case; the others only note something. */
  moves: boolean;
}

export const verbs = {
  approve: { from: ['open', 'entering'], by: 'step', moves: true },
  return: { from: ['open'], by: 'step', moves: true },
  reject: { from: ['open'], by: 'step', moves: true },
  forward: { from: ['open'], by: 'step', moves: true },
  object: { from: ['open'], by: 'step', moves: true },
  expire: { from: ['open'], by: 'clock', moves: true },
  claim: { from: ['open', 'entering'], by: 'staff', moves: false },
  assign: { from: ['open', 'entering'], by: 'staff', moves: false },
  'hand-back': { from: ['open', 'entering'], by: 'staff', moves: false },
  add: { from: ['open'], by: 'applicant', moves: false },
  withdraw: { from: ['open', 'returned'], by: 'applicant', moves: true },
  resubmit: { from: ['returned'], by: 'applicant', moves: true },
  remind: { from: ['open', 'entering'], by: 'applicant', moves: false },
  rate: { from: ['approved', 'rejected'], by: 'applicant', moves: false },
  undo: { from: ['approved', 'entering'], by: 'undoer', moves: true },
} as const satisfies Record<string, VerbRule>;

export type Verb = keyof typeof verbs;
export const verbNames = Object.keys(verbs) as Verb[];

const stepVerbs: readonly string[] = ['approve', 'return', 'reject', 'forward', 'object', 'expire'];

/** Whether a step's `on` decides about this verb. */
export function isStepVerb(verb: Verb): verb is StepVerb {
  return stepVerbs.includes(verb);
}

/** Whether the verb goes on with the service's own form: what was answered stands, and is asked in its own words. */
export const goesOn = (verb: string | null): boolean => verb === 'resubmit' || verb === 'add';

/** Whether the verb is legal in this status at all. */
export function isLegal(verb: Verb, status: Status): boolean {
  return (verbs[verb].from as readonly Status[]).includes(status);
}
