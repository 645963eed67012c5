/** The page as a screen reader is told it: names of controls, the order of headings, one main part. */
import type { Page } from 'playwright-core';

const controls = new Set([
  'button',
  'link',
  'textbox',
  'searchbox',
  'combobox',
  'listbox',
  'checkbox',
  'radio',
  'spinbutton',
  'switch',
  'slider',
  'DisclosureTriangle',
]);

/** What is wrong in the accessibility tree, as Chromium hands it to a screen reader. */
export async function treeFaults(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  await client.detach();
  const told = nodes.filter(({ ignored }) => !ignored);
  const roleOf = (node: (typeof told)[number]): string => String(node.role?.value);
  const nameOf = (node: (typeof told)[number]): string => String(node.name?.value ?? '').trim();
  const nameless = told.filter((node) => controls.has(roleOf(node)) && nameOf(node) === '');
  const levels = told
    .filter((node) => roleOf(node) === 'heading')
    .map((node) => Number(node.properties?.find(({ name }) => name === 'level')?.value.value));
  const jumps = levels.filter((level, at) => at > 0 && level > (levels[at - 1] ?? 0) + 1);
  const mains = told.filter((node) => roleOf(node) === 'main').length;
  return [
    ...nameless.map((node) => `a ${roleOf(node)} without a name`),
    ...(levels.filter((level) => level === 1).length === 1 ? [] : [`headings ${levels.join(' ')}: not one of level 1`]),
    ...(jumps.length > 0 ? [`headings ${levels.join(' ')}: a level is left out`] : []),
    ...(mains === 1 ? [] : [`${mains} main parts`]),
  ];
}
