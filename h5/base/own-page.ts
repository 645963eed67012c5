/** Where a `?to=` leads: to a page of ours, else home. A browser reads `//evil.example` and `/\evil.example` as other places. */
export function ownPage(to: unknown): string {
  if (typeof to !== 'string' || !to.startsWith('/')) return '/';
  try {
    const { origin, pathname, search, hash } = new URL(to, location.origin);
    return origin === location.origin && !pathname.startsWith('//') ? pathname + search + hash : '/';
  } catch {
    return '/';
  }
}
