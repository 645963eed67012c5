/** The few signs on the page's buttons, as outlines of 24 × 24. They stand beside words or an aria-label. */
import { h, type VNode } from './vue.js';

const outlines = {
  send: 'M4 12 20 4l-5 16-4-6-7-2Zm7 2 9-10',
  attach: 'M12 5v14M5 12h14',
  commands: 'M4 7h16M4 12h16M4 17h10',
  more: 'M12 6h.1M12 12h.1M12 18h.1',
  close: 'M6 6l12 12M18 6 6 18',
  forward: 'M13 6l6 5-6 5v-3c-5 0-7 2-8 4 0-5 3-8 8-8V6Z',
  keyboard: 'M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8',
  open: 'M9 5h10v10M19 5 6 18',
  copy: 'M9 9h11v11H9zM5 15V4h11',
  contact: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8c1-4 4-5 8-5s7 1 8 5',
  voice: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM6 11a6 6 0 0 0 12 0M12 17v4',
  sms: 'M4 5h16v11H9l-5 4V5Z',
} as const;

export const icon = (name: keyof typeof outlines): VNode =>
  h('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, h('path', { d: outlines[name] }));
