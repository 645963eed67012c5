/** Where focus goes when a page changes: to its heading, but not on the very first one, which the browser opens itself. */
let navigated = false;

export const noteNavigation = (): void => {
  navigated = true;
};

export function focusAfterNavigation(element: HTMLElement | null): void {
  if (navigated) element?.focus({ preventScroll: true });
}
