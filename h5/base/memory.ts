/** What this phone remembers. Everything works without it: private windows and full phones refuse to store. */

/** `lasting` outlives the tab; `here` ends with it (identity numbers are never kept longer). */
export type Kind = 'lasting' | 'here';

const stores: Record<Kind, () => Storage> = { lasting: () => localStorage, here: () => sessionStorage };

export function recall(key: string, kind: Kind = 'lasting'): string | null {
  try {
    return stores[kind]().getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string, kind: Kind = 'lasting'): void {
  try {
    stores[kind]().setItem(key, value);
  } catch {
    // The page goes on; only a reload would lose it.
  }
}

export function forget(key: string): void {
  for (const store of Object.values(stores)) {
    try {
      store().removeItem(key);
    } catch {
      // Nothing was kept there either.
    }
  }
}

/** The keys that begin so, over both stores. */
export function keysBeginning(prefix: string): string[] {
  const all = Object.values(stores).flatMap((store) => {
    try {
      return Object.keys(store());
    } catch {
      return [];
    }
  });
  return [...new Set(all)].filter((key) => key.startsWith(prefix));
}
