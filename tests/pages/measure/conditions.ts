/** How else a page may be looked at: with larger letters, on a larger root, with letters and lines further apart. */
import type { Page } from 'playwright-core';
import { layoutFaults } from './layout.ts';

/** WCAG 1.4.12: line height 1.5, paragraphs 2, letters 0.12 and words 0.16 times the size of the letters. */
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }
`;

const conditions = {
  'as it is': { root: '', spacing: '' },
  'text 200 %': { root: '200%', spacing: '' },
  'root 1.4 ×': { root: '140%', spacing: '' },
  'root 1.76 ×': { root: '176%', spacing: '' },
  'spacing of 1.4.12': { root: '', spacing: SPACING },
} as const;

/** What goes wrong in the layout under each of them. The page is left as it was. */
export async function faultsUnderAll(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [name, condition] of Object.entries(conditions)) {
    await look(page, condition);
    const faults = await layoutFaults(page);
    if (faults.length > 0) found[name] = faults;
  }
  await look(page, conditions['as it is']);
  return found;
}

/** The pages' own policy forbids style elements; a sheet made by a script is the user's. */
async function look(page: Page, { root, spacing }: { root: string; spacing: string }): Promise<void> {
  await page.evaluate(
    ([size, rules]) => {
      document.documentElement.style.fontSize = size ?? '';
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules ?? '');
      document.adoptedStyleSheets = rules ? [sheet] : [];
    },
    [root, spacing],
  );
}
