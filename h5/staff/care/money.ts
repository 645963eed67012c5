/** Sums of money as they are typed and shown: yuan on the page, whole fen in every call. */

/** 80000 as 800, 80050 as 800.50. */
export const yuan = (fen: number): string => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2));

/** What was typed, in fen; null when it is no sum. */
export function fenOf(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[,¥元\s]/g, '');
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(plain)) return null;
  const [whole = '', part = ''] = plain.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
