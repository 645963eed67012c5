/** Sums in words. */

/** 80000 fen as 800, 80050 as 800.50: what people write on a slip. */
export function yuanOf(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}
