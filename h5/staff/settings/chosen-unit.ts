/** Whose settings are looked at: kept from one page of them to the next. */
import { shallowRef, type ShallowRef } from 'vue';
import { posts } from '../session.ts';

export interface Chosen {
  id: string;
  name: string;
  fullName: string;
}

const chosen = shallowRef<Chosen | null>(null);

/** The unit that was chosen last; where the reader leads, else where they work, at first. */
export function useChosenUnit(): ShallowRef<Chosen | null> {
  const first = (posts.value.find(({ role }) => role === 'lead') ?? posts.value[0])?.unit;
  chosen.value ??= first ? { id: first.id, name: first.name, fullName: first.name } : null;
  return chosen;
}
