/** The people of the stories about families. */
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply } from '../../tools/story.ts';

/** 刘淑兰 as her identity card names her. */
export const [liuCard, chenCard, wangCard] = namedRetirees.map(({ name, idNumber }) => ({ name, idNumber }));

const request = {
  who: liuCard,
  me: '周芳',
  relation: 'child',
  scope: 'apply',
  until: 'year',
};

/** Asks to act for somebody. @returns the case's number */
export const ask = (asker: Browser, more: Record<string, unknown> = {}): Promise<string> =>
  apply(asker, 'family-link', { ...request, ...more });
