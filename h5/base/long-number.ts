/** Whether what somebody types into a search may be a phone or identity number: it would stand in an address, and those end in logs. */
export const isLongNumber = (words: string): boolean => words.normalize('NFKC').replace(/\D/g, '').length > 9;
