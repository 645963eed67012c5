/** Measured from the layout: what is cut off, what lies over something else, and whether anybody must scroll sideways. */
import type { Page } from 'playwright-core';

/** What is wrong with the page as it stands, a line each. */
export const layoutFaults = (page: Page): Promise<string[]> => page.evaluate(measure);

/** Runs in the page. */
function measure(): string[] {
  interface Box {
    left: number;
    right: number;
    top: number;
    bottom: number;
  }
  const faults: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`${root.scrollWidth - root.clientWidth} px too wide`);

  /** Hidden from sight on purpose, for those who listen. */
  const forEars = (element: Element): boolean => element.closest('.sr-only, .skip, option, svg, noscript') !== null;
  /** Lies over the page and is scrolled away from under. */
  const floats = (element: Element | null): boolean =>
    element !== null &&
    (['fixed', 'sticky'].includes(getComputedStyle(element).position) || floats(element.parentElement));
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !forEars(element);

  // The letters themselves: a line of a font is higher than what is drawn in it.
  const lettersOf = ({ left, right, top, bottom }: Box): Box => {
    const air = (bottom - top) * 0.17;
    return { left, right, top: top + air, bottom: bottom - air };
  };
  const texts: { words: string; owner: Element; box: Box }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    const words = node.textContent?.trim().slice(0, 20) ?? '';
    if (!owner || words === '' || !isSeen(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects())
      if (line.width > 1 && line.height > 1) texts.push({ words, owner, box: lettersOf(line) });
  }

  for (const { words, owner, box } of texts) {
    if (box.left < -1 || box.right > root.clientWidth + 1) faults.push(`“${words}” stands outside the screen`);
    for (let around: Element | null = owner; around && around !== document.body; around = around.parentElement) {
      const { overflowX, overflowY, display } = getComputedStyle(around);
      if (display === 'inline') continue;
      const edge = around.getBoundingClientRect();
      const cutsX = overflowX !== 'visible' && (box.left < edge.left - 1 || box.right > edge.right + 1);
      const cutsY = ['hidden', 'clip'].includes(overflowY) && (box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
      if (cutsX || cutsY) faults.push(`“${words}” is cut off`);
    }
    const held = owner.closest('button, a, .choice, .card, .note, .button, summary, td, th');
    const frame = held && getComputedStyle(held).display !== 'inline' ? held.getBoundingClientRect() : null;
    if (frame && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1 || box.right > frame.right + 1))
      faults.push(`“${words}” spills out of its box`);
  }

  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(
    (control) => isSeen(control) && control.getBoundingClientRect().width > 2,
  );
  for (const control of controls) {
    // A line to type into moves with what is typed once the letters are larger than the phone is wide for.
    if (
      root.style.fontSize === '' &&
      control.matches('input, textarea') &&
      control.scrollWidth > control.clientWidth + 1
    )
      faults.push(`what stands in ${control.id || control.tagName} is cut off`);
  }

  const overlap = (one: Box, other: Box): boolean =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
  const nameOf = (element: Element): string =>
    (element.textContent?.trim() || element.id || element.tagName).slice(0, 20);
  texts.forEach(({ words, owner, box }, at) => {
    if (floats(owner)) return;
    for (const other of texts.slice(at + 1))
      if (other.words !== words && overlap(box, other.box) && !floats(other.owner))
        faults.push(`“${words}” lies over “${other.words}”`);
    for (const control of controls)
      if (!control.contains(owner) && !owner.contains(control) && !floats(control))
        for (const edge of control.getClientRects())
          if (overlap(box, edge)) faults.push(`“${words}” lies over the control “${nameOf(control)}”`);
  });
  controls.forEach((control, at) => {
    for (const other of controls.slice(at + 1)) {
      if (control.contains(other) || floats(control) || floats(other)) continue;
      const [one, two] = [[...control.getClientRects()], [...other.getClientRects()]];
      if (one.some((edge) => two.some((its) => overlap(edge, its))))
        faults.push(`the control “${nameOf(control)}” lies over “${nameOf(other)}”`);
    }
  });
  return [...new Set(faults)];
}
