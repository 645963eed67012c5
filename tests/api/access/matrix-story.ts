/** What the expectations of the matrix are written in: a route, who may use it, and the story that calls are made of. */
import { roles, type Role } from './matrix-cast.ts';

/** What a call needs of the story: a case of 刘淑兰 that 梓园社区 must decide, a draft and a picture of hers. */
export interface Story {
  number: string;
  draft: string;
  file: string;
  retiree: string;
  /** A post at the unit, and an open invitation to it. */
  post: string;
  invite: string;
  /** The relative's link to her. */
  link: string;
}

export interface Expectation {
  /** The roles that are let through; all others are refused with 401, 403 or 404. */
  may: readonly Role[];
  path?: (story: Story) => string;
  body?: (story: Story) => unknown;
  /** Puts back what a call did, so that the next role finds it as it was. */
  restore?: (story: Story) => string;
}

export const everybody = roles;
export const signedIn = roles.filter((role) => role !== 'guest');
export const staff = ['clerk', 'otherClerk', 'above', 'aboveCare', 'elsewhere'] as const;
/** Those who see the case: the parties, the unit that decides, the units above it. */
export const seers = ['self', 'relative', 'looker', 'clerk', 'above'] as const;
export const owner = ['self'] as const;
/** An id that nothing has. */
export const NOBODYS = '019a0000-0000-7000-8000-000000000000';
export const UNIT = '430111001001';
