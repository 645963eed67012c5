/** Verbs that decide nothing: they stand apart from the decisions. */
import type { Verb } from '../../../api/engine/verbs.ts';

export const asideVerbs: readonly Verb[] = ['claim', 'assign', 'hand-back', 'remind', 'rate'];
