/** Checks one row of a roster and reads it. Pure: what must be looked up is handed in. */
import type { PlainDate } from '../../dates.ts';
import type { EmployerKind } from '../../../db/schema/registry.ts';
import { compact } from '../../values/characters.ts';
import { birthDateOf, sexOf } from '../../values/id-number.ts';
import {
  readAddress,
  readBorn,
  readContacts,
  readDay,
  readEmployerKind,
  readIdNumber,
  readName,
  readPhone,
  readSex,
} from './cells.ts';
import type { CellReader, Contact } from './cells.ts';
import type { UnitFinder } from './find-unit.ts';
import type { Column } from './headings.ts';
import type { RosterRow } from './read-roster.ts';
import type { RetireeFacts } from './retiree-rows.ts';
import type { FaultCode, RowFault } from './row-faults.ts';

/** What a good row says. `careSince` is null when the row has no date of its own; the agency is a guess unless it is stated. */
export interface RetireeRecord extends Omit<RetireeFacts, 'careSince' | 'livesSince'> {
  sheet: string | null;
  line: number;
  careSince: PlainDate | null;
  agencyStated: boolean;
  contacts: Contact[];
}

export interface Lookups {
  today: PlainDate;
  units: UnitFinder;
  /** The community of rows that name none (`--community`); wins over titles. */
  community: string | null;
}

export type CheckedRow = { good: RetireeRecord } | { bad: RowFault[] };

/** Reads every cell, and reports every fault of the row at once. */
export function checkRow(row: RosterRow, lookups: Lookups): CheckedRow {
  const bad: RowFault[] = [];
  const report = (column: Column, code: FaultCode, params: RowFault['params'] = {}) => {
    bad.push({ sheet: row.sheet, line: row.line, column, label: row.labels[column] ?? null, code, params });
  };
  const cells: CellReader = { text: (column) => row.cells[column] ?? '', report };
  const name = readName(cells);
  const idNumber = readIdNumber(cells);
  if (idNumber) readSex(cells, idNumber);
  if (idNumber) readBorn(cells, idNumber);
  const communityId = findCommunity(row, lookups, cells);
  const employerKind = readEmployerKind(cells);
  const insuredAt = findAgency(cells, lookups.units, communityId, employerKind);
  const retiredOn = readDay(cells, 'retiredOn', lookups.today, idNumber);
  const careSince = readDay(cells, 'careSince', lookups.today, idNumber);
  const certifiedOn = readDay(cells, 'certifiedOn', lookups.today, idNumber);
  const phone = readPhone(cells);
  if (name === null || idNumber === null || communityId === null || insuredAt === null || bad.length > 0)
    return { bad };
  return {
    good: {
      sheet: row.sheet,
      line: row.line,
      name,
      idNumber,
      sex: sexOf(idNumber),
      born: birthDateOf(idNumber),
      phone,
      contacts: readContacts(cells),
      retiredOn,
      employer: compact(cells.text('employer')) || null,
      employerKind,
      insuredAt,
      agencyStated: cells.text('insuredAt') !== '',
      communityId,
      careSince,
      certifiedOn,
      place: readAddress(cells),
    },
  };
}

function findCommunity(row: RosterRow, { units, community }: Lookups, { text, report }: CellReader): string | null {
  const written = text('community');
  if (written === '') {
    const known = community ?? row.titles.map((title) => units.communityIn(title)).find((id) => id !== null) ?? null;
    if (known === null) report('community', 'community-missing');
    return known;
  }
  const found = units.community(written, [text('street'), text('district'), ...row.titles]);
  if (!found.ok) report('community', found.code, { written });
  if (!found.ok) return null;
  if (text('street') !== '' && !units.liesIn(found.id, text('street'))) report('street', 'not-in-street', { written });
  return found.id;
}

/** Where the row does not say it: state and municipal firms are with the city (第二十二条), all others with their district (第二十三条). */
function findAgency(
  cells: CellReader,
  units: UnitFinder,
  communityId: string | null,
  kind: EmployerKind | null,
): string | null {
  const written = cells.text('insuredAt');
  if (written !== '') {
    const agency = units.agency(written);
    if (agency === null) cells.report('insuredAt', 'no-such-agency', { written });
    return agency;
  }
  if (communityId === null) return null;
  const ofCity = kind === null ? cells.text('group') !== '' : !['district', 'self-employed'].includes(kind);
  return ofCity ? units.agency('市本级') : units.agencyOf(communityId);
}
