/**
 * What a service (事项) is. A definition is the whole truth about it: who may open it, what it asks, which parties decide in
 * which order, within how many working days, and what then happens. Everything people see is made from it.
 */
import type { Capacity } from '../../db/schema/engine.ts';
import type { UnitLevel } from '../../db/schema/registry.ts';
import type { PlainDate } from '../dates.ts';
import type { Ctx, Settings } from '../context.ts';
import type { Retiree, Unit, Units } from '../ports.ts';
import type { Db } from '../../db/connect.ts';
import type { Effect, EffectMaker } from './effect.ts';
import type { Asked } from './form.ts';
import type { NamedPerson } from './questions/person.ts';

/** Verbs that a step's `on` can name. */
export type StepVerb = 'approve' | 'return' | 'reject' | 'forward' | 'object' | 'expire';

/**
 * Who acts in a step: staff of the unit (a lead may do what a clerk may), the parties of the case, anyone, the retiree of whom
 * somebody else asks something, on a phone that is not that person's, or a retiree who leads what is asked for (`leaders`), who may
 * only agree.
 */
export type Party = 'clerk' | 'lead' | 'party' | 'retiree' | 'leader' | 'everyone';

/** How people are spoken to. `bereavement`: gently, the dead named as such, nothing sent at night, nobody asked for a rating. */
export const tones = ['bereavement'] as const;
export type Tone = (typeof tones)[number];

/** What pages may show beside a service. */
export const panels = ['estimate'] as const;

/** An employer that hands its retirees over (第四条（一）). */
export interface Enterprise {
  id: string;
  name: string;
  /** Nothing of it was approved before. */
  firstTime: boolean;
}

/**
 * Whom a case is about. `reported`: unknown until staff identify them; `newcomer`: not in the registry until the case puts them there; `named`: found by the
 * name and number that an asker typed, who never learns whether anybody was found. Null: nobody was, or not yet.
 */
export interface Subjects {
  retiree: Retiree;
  newcomer: Retiree | null;
  reported: Retiree | null;
  named: Retiree | null;
  enterprise: Enterprise;
}
export type SubjectKind = keyof Subjects;
/** Somebody or something that a case is about, whatever the kind. */
export type AnySubject = NonNullable<Subjects[SubjectKind]>;

/** A case as conditions and effects see it. */
export interface CaseView<Answers, StepAnswers, Subject> {
  id: string;
  subject: Subject;
  answers: Answers;
  step: StepAnswers;
  /** The unit that acts. */
  unit: Unit;
  units: Units;
  today: PlainDate;
  /** What an earlier effect of this case left; throws when it never ran. */
  receiptOf<R>(effect: EffectMaker<never, R>): R;
}

/** What is known before a case exists: enough to find the unit of its first step. */
export interface Opening<Answers, Subject> {
  subject: Subject;
  answers: Answers;
  units: Units;
  /** What is opened now waits for a lead first (`open.hold`). */
  held?: boolean;
}

export interface Move<Answers, StepAnswers, StepName, Subject> {
  to: StepName | 'approved' | 'rejected' | 'here';
  /** Who may, when not everybody whom the step names. */
  by?: readonly Party[];
  /** What this verb asks instead of the step's own questions. */
  ask?: Asked<object>;
  do?: (c: CaseView<Answers, StepAnswers, Subject>) => Effect[];
  /**
   * Several cases may be decided so with one confirmation. Never where money is given or what follows a death is decided: that wants
   * a look of its own.
   */
  together?: true;
}

/** A field that a clerk copies into the office's own system: a text key and its value. */
export interface CopyField {
  key: string;
  value: string;
}

export interface Step<Answers, StepAnswers, StepName extends string, Subject> {
  by: readonly Party[];
  /** The unit that acts, fixed when the step begins. The unit of the step before when left out; the city's agency when null. */
  at?: (c: Opening<Answers, Subject>) => Unit | null;
  /** The step is passed over when this does not hold. */
  when?: (c: Opening<Answers, Subject>) => boolean;
  /** Who leads what is asked for, as retirees: of the case they see whom it is about and how it ended, and nothing else. */
  leaders?: (ctx: Ctx, c: Opening<Answers, Subject>) => Promise<readonly string[]>;
  /** Working days in which it must be done. */
  within?: number;
  /** Working days after which the clock acts (`expire`); a setting of the city by its name. */
  after?: number | keyof Settings;
  /** What whoever acts is asked when approving (or objecting). */
  ask?: Asked<StepAnswers>;
  /** The answer (a person) that says who was `reported`: on approval they must be in the registry, and become the subject. */
  identifies?: keyof StepAnswers & string;
  /** What everybody reads while the step is a public notice (`by: ['everyone']`), labels under `show`; nothing else of the case. */
  show?: (c: CaseView<Answers, object, Subject>) => CopyField[];
  /** Sheets to print while the step lasts: texts under `print`. */
  print?: readonly string[];
  /** Clock and timer of the step before go on: coming here changes nothing about when it ends. */
  keepsClock?: true;
  /** Shown to be typed into the office's own system (see `office-entry.ts`). */
  copy?: (c: CaseView<Answers, object, Subject>) => CopyField[];
  /** The decision is in force already; only the office's own system waits. */
  entry?: true;
  /** `forward` amends this answer, the one that chose the unit. */
  forwards?: { answer: keyof Answers & string; level: UnitLevel };
  on: { [V in StepVerb]?: Move<Answers, StepAnswers, StepName, Subject> };
}

export interface Open<Answers, Subject> {
  by?: readonly Exclude<Capacity, 'system'>[];
  /** Who is due, a page at a time: ids after `after`, in order; empty at the end. */
  due?: (db: Db, today: PlainDate, after: string | null) => Promise<string[]>;
  /** Only another case's effect opens it. */
  fromEffect?: true;
  /** One alive at a time for a subject (of each asker, when they are only `named`): a second attempt is shown the first, or joins it. */
  one?: 'show' | 'join';
  /** The most that one account opens within a day. */
  mostADay?: number;
  /** `everything`: a relative may open it only with that scope. */
  scope?: 'everything';
  /** Who was `reported` or `named`, or the `newcomer`, by the answers: two cases of one person are one. */
  about?: (c: Opening<Answers, Subject>) => NamedPerson | null;
  /** Whether what is asked now is held back first: a step with `when: ({ held }) => held` is then the first. */
  hold?: (ctx: Ctx, answers: Answers) => Promise<boolean>;
  /** A text key under `must` when it cannot be opened, else null. Asked before the first answer, after each (the form stops there), and again with all. */
  must?: (c: Opening<Partial<Answers>, Subject>) => string | null;
  /**
   * What of the answers the registry speaks against: a text key under `must`, and the answer to be mended. Asked when that answer is
   * given, which is then refused, and again with all.
   */
  check?: (
    ctx: Ctx,
    c: Opening<Partial<Answers>, Subject>,
  ) => Promise<{ reason: string; at: keyof Answers & string } | null>;
  /** Numbers to call at once where the form ends for this reason: somebody is in danger. */
  urgent?: (reason: string) => readonly Emergency[];
  do?: (c: CaseView<Answers, object, Subject>) => Effect[];
}

/** 急救, 报警. */
export const emergencies = ['120', '110'] as const;
export type Emergency = (typeof emergencies)[number];

/** How a service is written. `Steps` maps each step's name to what is asked there. */
export interface ServiceDefinition<Answers, Steps, Kind extends SubjectKind> {
  kind: string;
  version: number;
  /** Articles it carries out, as `api/rulebook.ts` names them. */
  basis: readonly string[];
  subject: Kind;
  /** Working days within which it is decided. */
  promise: number;
  open: Open<Answers, Subjects[Kind]>;
  ask: Asked<Answers>;
  steps: { [S in keyof Steps]: Step<Answers, Steps[S], keyof Steps & string, Subjects[Kind]> };
  /** The usual reasons for `reject` and `return`, to which units add their own: text keys under `reject` and `return`. */
  reasons?: {
    reject: readonly string[];
    return: readonly string[];
    /** The law names all reasons for `reject`: no unit adds its own. */
    closed?: true;
  };
  undo?: { by: Party };
  /** Plain when left out. */
  tone?: Tone;
  /**
   * What is reported is not known to be so until a case of it is approved: relatives who did not report it see nothing of it, the
   * retiree's own account only that something is to be verified, and it may contest that with one tap (`object`).
   */
  discreet?: true;
  /** Cases of it go on when the retiree has died, and may be opened then; those of all other services end. */
  endsAtDeath?: false;
  /** What staff say when they approve is what was applied for, an answer: it is read in the chat as well. */
  tells?: true;
  /** What pages show beside its guide and its cases. */
  panel?: (typeof panels)[number];
  /** Answers of the form that the applicant may still give, or give anew, while the case is on its way. */
  adds?: readonly (keyof Answers & string)[];
}

/** A service as the engine holds it: the same definition, its own types forgotten. */
export type Service = Omit<ServiceDefinition<Loose, Record<string, Loose>, SubjectKind>, 'open' | 'steps' | 'adds'> & {
  adds?: readonly string[];
  open: Open<Loose, never>;
  steps: Record<string, AnyStep>;
};
export type AnyStep = Step<Loose, Loose, string, never>;
type Loose = Record<string, unknown>;

/** Defines a service. The types of its answers and steps are found from `ask`. */
export function defineService<Answers, Steps, Kind extends SubjectKind>(
  definition: ServiceDefinition<Answers, Steps, Kind>,
): Service {
  return definition as unknown as Service;
}
