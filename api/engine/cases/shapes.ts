/** A case as it is answered: a line of a list, and everything that its reader may see. `view.ts` makes them. */
import { z } from 'zod';
import { capacities, statuses } from '../../../db/schema/engine.ts';
import { describedQuestion } from '../drafts/view.ts';
import { panels, tones } from '../service.ts';
import { verbNames } from '../verbs.ts';

/** A line of a list. */
/** Who has a case in hand; `deputy` is who stands in for them today, while they are on leave. */
export const claimedBy = z.object({ name: z.string().nullable(), me: z.boolean(), deputy: z.string().nullable() });

export const caseLine = z.object({
  number: z.string(),
  /** In threes, as it is read out. */
  spoken: z.string(),
  kind: z.string(),
  title: z.string(),
  status: z.enum(statuses),
  /** What is happening, in the reader's words: 「社区已同意，正在登记」. */
  state: z.string(),
  version: z.int(),
  /** Whom it is about; without an id for whoever only named them, and while a newcomer is not in the registry. */
  subject: z.object({ id: z.uuid().nullable(), name: z.string() }).nullable(),
  /** The reader does this for somebody else, as a relative: pages and chat say for whom. */
  actsFor: z.boolean(),
  /** How to speak of it. */
  tone: z.enum(tones).nullable(),
  unit: z.object({ id: z.string(), name: z.string(), phone: z.string().nullable() }),
  openedAt: z.iso.datetime(),
  /** The day by which it is decided. */
  due: z.iso.date().nullable(),
  overdue: z.boolean(),
});
export type CaseLine = z.infer<typeof caseLine>;

/** A verb offered as a button; without questions it is one tap. */
export const verbView = z.object({
  verb: z.enum(verbNames),
  label: z.string(),
  /** Whether it is the reader's as a party of the case, not as staff. */
  own: z.boolean(),
  questions: z.array(describedQuestion),
});
export type VerbView = z.infer<typeof verbView>;

/** What the registry holds. `key` is that of the answer it stands beside, where there is one. */
export const heldFact = z.object({ key: z.string(), question: z.string(), shown: z.string() });
export type HeldFact = z.infer<typeof heldFact>;

const followUp = z.object({ number: z.string(), title: z.string() });
export type FollowUp = z.infer<typeof followUp>;

/** A case of the same person that came before this one. */
const earlierCase = z.object({
  number: z.string(),
  spoken: z.string(),
  title: z.string(),
  state: z.string(),
  day: z.iso.date(),
});
export type EarlierCase = z.infer<typeof earlierCase>;

/** What one of the staff told the others. */
const remark = z.object({ id: z.uuid(), at: z.iso.datetime(), who: z.string().nullable(), words: z.string() });
export type Remark = z.infer<typeof remark>;

const shownAnswer = z.object({ question: z.string(), shown: z.string() });

const timelineEntry = z.object({
  at: z.iso.datetime(),
  verb: z.string(),
  /** 「识字里社区 收到申请」 */
  what: z.string(),
  who: z.string().nullable(),
  unit: z.string(),
  said: z.array(shownAnswer),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const caseDetails = caseLine.extend({
  answers: z.array(shownAnswer.extend({ key: z.string() })),
  /** What the registry holds now, beside the answer that would change it; staff only. */
  before: z.array(heldFact),
  timeline: z.array(timelineEntry),
  verbs: z.array(verbView),
  /** Fields to type into the office's own system, in its order; staff at that step only. */
  copy: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  files: z.array(z.object({ id: z.uuid(), question: z.string() })),
  claimedBy: claimedBy.extend({ id: z.uuid() }).nullable(),
  applicant: z.string().nullable(),
  /** The asker's number, masked: whoever is asked, and staff, see whether it is the one they know. */
  applicantPhone: z.string().nullable(),
  /** Whether the reader is the retiree of whom something is asked. */
  asked: z.boolean(),
  /** What happens next, where the service has words of its own for the reader. */
  next: z.string().nullable(),
  /** What was said on approval is what was applied for. */
  tells: z.boolean(),
  /** What is to be done before it is decided; staff of the unit that must act only. */
  todo: z.string().nullable(),
  /** The cases that this one opened and the reader may see. */
  followUps: z.array(followUp),
  /** What stands beside it for staff alone: what the person asked for before, newest first, and remarks, newest last. */
  staffSide: z.object({ earlier: z.array(earlierCase), remarks: z.array(remark) }).nullable(),
  /** What pages show beside it. */
  panel: z.enum(panels).nullable(),
  /** Sheets that can be printed now. */
  print: z.array(z.string()).readonly(),
  basis: z.array(z.string()).readonly(),
  /** It is on public notice now (`/p/NUMBER`). */
  publicNotice: z.boolean(),
  stars: z.int().nullable(),
  capacity: z.enum(capacities),
  returns: z.int(),
  /** Its answers, words and pictures were erased: their time was over. */
  erased: z.boolean(),
});
export type CaseDetails = z.infer<typeof caseDetails>;
