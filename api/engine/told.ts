/** What a message about a case is made of. */
import { quote } from '../../locales/quote.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { dayWords, plain, unitName, words, type Part } from '../delivery/message.ts';
import { spokenNumber } from './case-number.ts';
import type { CaseRow } from './drafts/load.ts';
import type { Service, AnySubject } from './service.ts';
import { serviceKey } from './texts.ts';

/** What a message about a case says of it, from a case that was loaded or a line of a list. */
export interface Said {
  row: Pick<CaseRow, 'number' | 'named' | 'unitId' | 'dueAt'>;
  service: Pick<Service, 'kind'>;
  subject: { name: string } | null;
}

export interface Told {
  row: CaseRow;
  service: Service;
  subject: AnySubject | null;
}

/** Names, units and services only: never a number, an address or an illness. */
export function paramsOf({ row, service, subject }: Said): Record<string, Part> {
  return {
    service: words(serviceKey(service.kind, 'title')),
    number: spokenNumber(row.number),
    // A newcomer's name is what somebody typed: words that a chat would make a link of are not said there.
    name: plain(quote(subject?.name ?? row.named ?? '') ?? ''),
    unit: unitName(row.unitId),
    ...(row.dueAt && { due: dayWords(dayOf(row.dueAt)) }),
  };
}

/** Whoever acts in a chat is answered there at once; the notice only waits in their list. */
export function hearsItNow({ actor, chatKey }: Ctx, accountId: string): boolean {
  return chatKey !== undefined && actor.is === 'person' && actor.accountId === accountId;
}
