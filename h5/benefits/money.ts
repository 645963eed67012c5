/** Sums and months as they are read: 39,600 元, 9 个月, 19.25 个月. */
export const yuan = (fen: number): string =>
  (fen / 100).toLocaleString('en-US', { minimumFractionDigits: fen % 100 === 0 ? 0 : 2, maximumFractionDigits: 2 });

/** Twelfths of a month; what is cut off is less than a hundredth. */
export const months = (twelfths: number): string => String(Math.round((twelfths / 12) * 100) / 100);

/** Whole years and months: 14 年 1 个月 is [14, 1]. */
export const yearsAndMonths = (all: number): [number, number] => [Math.floor(all / 12), all % 12];
