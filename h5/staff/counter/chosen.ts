/** Who stands at the counter. Kept in memory only: nothing about a person goes into an address or onto the disk. */
import { shallowRef } from 'vue';
import type { FoundRetiree } from '../../../api/registry/search.ts';

export const chosen = shallowRef<FoundRetiree | null>(null);
