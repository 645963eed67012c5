/** Names of people as they are compared and kept: one form, however keyboards and spreadsheets wrote them. Pure. */
import { tidy } from './characters.ts';

/** What people type for the dot in 买买提·艾力. */
const DOTS = /\s*[•・‧∙⋅·](?=\s*\p{Script=Han})\s*|\.\s*(?=\p{Script=Han})/gu;
/** Spaces stand between the words of a foreign name only; 「陈 建国」 is 陈建国. */
const SPACES = /(?<![A-Za-z.]) | (?![A-Za-z])/g;

/** The one form of a name: half-width, one kind of dot, no spaces between Chinese characters. Empty when nothing was written. */
export function normaliseName(written: string): string {
  return tidy(written).replace(DOTS, '·').replace(SPACES, '');
}
