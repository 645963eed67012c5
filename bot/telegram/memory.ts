/** Conveniences of this process: bounded maps that forget the oldest. Everything works without them, only less smoothly. */

/** A map that never grows beyond `most`. */
export function boundedMap<K, V>(most: number) {
  const held = new Map<K, V>();
  return {
    get: (key: K): V | undefined => held.get(key),
    set(key: K, value: V): void {
      held.delete(key);
      held.set(key, value);
      if (held.size > most) held.delete(held.keys().next().value as K);
    },
    /** The value; made and kept when there is none. */
    ensure(key: K, make: () => V): V {
      const value = held.get(key) ?? make();
      this.set(key, value);
      return value;
    },
  };
}
