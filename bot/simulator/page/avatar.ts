/** A person's mark: the last character of the name on a colour of their own, the same on chip and phone. */
import { h, type VNode } from './vue.js';

const HUES = 8;

/** Which of the style sheet's hues belongs to this phone number. */
const hueOf = (key: string): string =>
  `hue-${[...key].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7) % HUES}`;

export const avatar = (name: string, key: string): VNode =>
  h('span', { class: ['avatar', hueOf(key)], 'aria-hidden': 'true' }, [...name].at(-1)?.toUpperCase());
