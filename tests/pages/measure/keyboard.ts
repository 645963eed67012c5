/** The page with the keyboard alone: Tab reaches every control in its order, is never caught, and shows where it is. */
import type { Page } from 'playwright-core';

export async function keyboardFaults(page: Page): Promise<string[]> {
  const stops = await page.evaluate(mark);
  const reached: { at: string; faults: string[] }[] = [];
  for (let presses = 0; presses <= stops; presses += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(whereFocusIs);
    // Past the last one the browser itself has the focus.
    if (here === null) break;
    reached.push(here);
  }
  const order = [...new Set(reached.map(({ at }) => at))];
  const missed = await page.evaluate(clear, order);
  const sorted = order.toSorted((one, other) => Number(one) - Number(other));
  return [
    ...new Set(reached.flatMap(({ faults }) => faults)),
    ...missed.map((name) => `Tab does not reach “${name}”`),
    ...(order.join() === sorted.join() ? [] : ['Tab jumps about']),
  ];
}

/**
 * Numbers everything that Tab should reach, in the order of the page; a group of radios counts once.
 *
 * @returns how many stops there are at most: a field for a day or an hour has one for each part of it and one for its button
 */
function mark(): number {
  // Tab begins where the focus was last, even when it is gone: here at the very top.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  const groups = new Set<string>();
  const all = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
  ].filter((element) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled, [tabindex="-1"]'))
      return false;
    if (element instanceof HTMLInputElement && element.type === 'radio') {
      if (groups.has(element.name)) return false;
      groups.add(element.name);
    }
    return true;
  });
  all.forEach((element, at) => element.setAttribute('data-stop', String(at)));
  const stops: Record<string, number> = { month: 3, date: 4, time: 4, 'datetime-local': 7 };
  return all.reduce((sum, element) => sum + (stops[element.getAttribute('type') ?? ''] ?? 1), 0);
}

function whereFocusIs(): { at: string; faults: string[] } | null {
  const here = document.activeElement;
  if (!(here instanceof HTMLElement) || here === document.body) return null;
  const name = (here.textContent?.trim() || here.getAttribute('aria-label') || here.id || here.tagName).slice(0, 20);
  const group = here instanceof HTMLInputElement && here.type === 'radio' ? here.name : null;
  const first = group === null ? here : document.querySelector(`input[name="${CSS.escape(group)}"][data-stop]`);
  const at = first?.getAttribute('data-stop') ?? '';
  const shows = [here, here.closest('label')].some((element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  });
  const box = here.getBoundingClientRect();
  const isInView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {
    at,
    faults: [
      ...(shows ? [] : [`“${name}” does not show that it has the focus`]),
      ...(isInView ? [] : [`“${name}” has the focus out of sight`]),
      ...(at === '' ? [`“${name}” takes the focus and is no control`] : []),
    ],
  };
}

/** @returns the names of what was not reached */
function clear(reached: string[]): string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-stop]')].flatMap((element) => {
    const at = element.getAttribute('data-stop') ?? '';
    element.removeAttribute('data-stop');
    return reached.includes(at) ? [] : [(element.textContent?.trim() || element.id || element.tagName).slice(0, 20)];
  });
}
