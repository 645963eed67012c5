/** How large the pages are shown: 长辈版 or 标准版, and one of three text sizes. Remembered on this phone. */
import { reactive } from 'vue';
import { recall, remember } from './memory.ts';

export const editions = ['large', 'standard'] as const;
export type Edition = (typeof editions)[number];
export const textSizes = ['normal', 'bigger', 'biggest'] as const;
export type TextSize = (typeof textSizes)[number];

/** What is chosen. Change it with `chooseEdition` and `chooseTextSize`. */
export const looks = reactive({
  edition: editions.find((one) => one === recall('edition')) ?? 'large',
  size: textSizes.find((one) => one === recall('text-size')) ?? 'normal',
});

/** Shows the pages as they were last chosen. */
export function applyLooks(): void {
  const { dataset } = document.documentElement;
  dataset['edition'] = looks.edition;
  dataset['size'] = looks.size;
}

export function chooseEdition(edition: Edition): void {
  looks.edition = edition;
  remember('edition', edition);
  applyLooks();
}

export function chooseTextSize(size: TextSize): void {
  looks.size = size;
  remember('text-size', size);
  applyLooks();
}
