/** What can be wrong with a row of a roster. Texts: `import.json`, `fault.<code>`. */
import type { IdNumberFault } from '../../values/id-number.ts';
import type { PhoneFault } from '../../values/phone.ts';
import type { RosterDateFault } from '../../values/roster-date.ts';
import type { Column } from './headings.ts';

export type FaultCode =
  | IdNumberFault
  | Exclude<PhoneFault, 'wrong-length' | 'mangled-by-spreadsheet'>
  | 'phone-wrong-length'
  | 'phone-mangled'
  | RosterDateFault
  | 'missing'
  | 'bad-name'
  | 'bad-sex'
  | 'sex-differs'
  | 'born-differs'
  | 'in-future'
  | 'too-young'
  | 'community-missing'
  | 'no-such-community'
  | 'ambiguous-community'
  | 'not-in-street'
  | 'bad-employer-kind'
  | 'no-such-agency'
  | 'duplicate-in-file'
  | 'differs-from-registry';

/** One fault, where a clerk finds it. Never holds an identity number or a phone. */
export interface RowFault {
  sheet: string | null;
  line: number;
  column: Column;
  /** The column's heading in the file; null when the file has no such column. */
  label: string | null;
  code: FaultCode;
  params: Record<string, string | number>;
}
