/** A usual reason that a unit added to its services: as a choice it carries its own words, so it stays readable whatever becomes of it. */
const OWN = 'own:';

export const ownReason = (words: string): string => `${OWN}${words}`;

/** The words of a unit's own reason; null for one of the service. */
export const ownWords = (choice: string): string | null => (choice.startsWith(OWN) ? choice.slice(OWN.length) : null);
