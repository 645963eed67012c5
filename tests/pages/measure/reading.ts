/** Sizes that the standard gives in numbers: letters, lines, and what a finger has to hit. */
import type { Page } from 'playwright-core';

/** Rows 1, 2 and 5: what is too small, too tight, too long a line, justified, or too near to its neighbour. */
export const sizeFaults = (page: Page): Promise<string[]> => page.evaluate(measure);

/** Runs in the page. */
function measure(): string[] {
  const faults: string[] = [];
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('.sr-only, .skip, svg, option') === null;
  const px = (length: string): number => Number.parseFloat(length) || 0;
  const nameOf = (element: Element): string =>
    (element.textContent?.trim() || element.id || element.tagName).slice(0, 20);

  for (const element of document.querySelectorAll('body *')) {
    const words = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent?.trim());
    if (words.join('') === '' || !isSeen(element)) continue;
    const { fontSize, lineHeight, textAlign } = getComputedStyle(element);
    if (px(fontSize) < 19.9) faults.push(`“${nameOf(element)}” is ${px(fontSize)} px`);
    if (textAlign === 'justify') faults.push(`“${nameOf(element)}” is justified`);
    // Whole sentences; a button, a heading or a number in large digits is a label.
    if (!element.matches('p:not(.digits), li, dd')) continue;
    if (px(lineHeight) / px(fontSize) < 1.49) faults.push(`“${nameOf(element)}” has lines too near to each other`);
    if (element.clientWidth / px(fontSize) > 40.5)
      faults.push(`“${nameOf(element)}” has more than 40 characters a line`);
  }

  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(isSeen)
    .map((control) => ({ control, target: control.closest('label') ?? control }))
    .map(({ control, target }) => ({ control, target, box: target.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 2);
  for (const { control, box } of controls)
    if (control.matches('.button') && (box.width < 59.5 || box.height < 59.5))
      faults.push(`the main control “${nameOf(control)}” is ${Math.round(box.width)} × ${Math.round(box.height)}`);
  controls.forEach(({ target, box }, at) => {
    for (const next of controls.slice(at + 1)) {
      if (target.contains(next.target) || next.target.contains(target)) continue;
      const across = Math.max(box.left, next.box.left) - Math.min(box.right, next.box.right);
      const down = Math.max(box.top, next.box.top) - Math.min(box.bottom, next.box.bottom);
      const gap = Math.max(across, down);
      if (gap < 7.5) faults.push(`${Math.round(gap)} px between “${nameOf(target)}” and “${nameOf(next.target)}”`);
    }
  });
  return [...new Set(faults)];
}
