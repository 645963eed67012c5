/** A verb about to be carried out: checked, allowed, answered. */
import type { Behind } from './behind.ts';
import type { CaseRow, LoadedDraft } from '../drafts/load.ts';
import type { FormEntry } from '../form.ts';
import type { Service, AnySubject } from '../service.ts';
import type { Verb } from '../verbs.ts';

export interface Acting {
  row: CaseRow;
  service: Service;
  subject: AnySubject | null;
  verb: Verb;
  draft: LoadedDraft;
  asked: readonly FormEntry[];
  values: Record<string, unknown>;
  /** What it stands on, as it was when the verb began. */
  behind: Behind;
}
