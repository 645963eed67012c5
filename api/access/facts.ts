/** What access must know of a case, a retiree, a link or a draft to say who may do what with it (`can.ts`). */
import type { Capacity } from '../../db/schema/engine.ts';

/** A case as access sees it. `unitPath` is the path of the unit that must act. */
export interface CaseFacts {
  subjectId: string | null;
  applicantId: string | null;
  unitPath: string;
  unitId: string;
  /** Somebody asks something of the retiree whom they only named (亲情代办); null for every other case. */
  asked: { by: string | null; ownTapCounts: boolean } | null;
  /** Who leads what is asked for, as retirees, and who asks; null where no service names a leader. */
  led: { by: readonly string[]; asker: string | null } | null;
  /** Whether the actor joined it: they reported the same person as well. */
  joined: boolean;
  /** It was only reported, and nobody has found it true: for whoever reported it and for staff. */
  discreet: boolean;
}

/** A retiree as access sees one; the path of the unit whose care they are in. */
export interface RetireeFacts {
  retireeId: string;
  carePath: string | null;
  /** The agency where the insurance relation is; left out where only care counts. */
  insuredAt?: string;
}

/** Where a retiree's number may be needed: the unit of their care, and those that must decide a case about them now. */
export interface UnmaskFacts {
  careUnit: string | null;
  decidingUnits: readonly string[];
}

/** A link as access sees it: who holds it, of whom, and the path of the unit whose care the retiree is in. */
export interface LinkFacts extends RetireeFacts {
  accountId: string;
  own: boolean;
}

/** A draft as access sees it: who began it, and for whom in what capacity. */
export interface DraftFacts {
  accountId: string | null;
  capacity: Capacity;
  subjectId: string | null;
  /** The verb on a case that it decides or resubmits; null for an application. */
  verb: string | null;
}
