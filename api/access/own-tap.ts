/** Whether a retiree's own tap counts for what somebody asks of them: not on a phone that is the asker's as well. */

/** The ways of the people concerned. Numbers are compared, never shown: blind indexes do as well. */
export interface Phones {
  alive: boolean;
  /** The number that the registry holds of the retiree. */
  registered: string | null;
  /** The retiree's own accounts, with the numbers that lead to each. */
  own: readonly { accountId: string; phones: readonly string[] }[];
  asker: { accountId: string | null; phones: readonly string[] };
}

/**
 * Whoever holds the phone would otherwise agree for the person who asks: a daughter whose number stands in the registry, a couple
 * with one phone. Then only staff confirm, by a call to somebody else, a visit, or on paper.
 */
export function doesOwnTapCount({ alive, registered, own, asker }: Phones): boolean {
  const isAskers = (phone: string) => asker.phones.includes(phone);
  if (!alive || asker.accountId === null || own.length === 0) return false;
  if (registered !== null && isAskers(registered)) return false;
  return !own.some(({ accountId, phones }) => accountId === asker.accountId || phones.some(isAskers));
}
