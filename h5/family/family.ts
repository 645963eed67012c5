/** Family links as the pages show them: whose they are, and which of them the reader may end or narrow. */
import type { Family } from '../../api/families/read-family.ts';
import { api, call, read, type Read } from '../base/api.ts';

export type { Family };
type Scope = Family['helping'][number]['scope'];

/** One link, from either side. */
export interface Link {
  id: string;
  /** Whom it is to: the retiree's name. */
  retiree: string;
  /** `taken`: somebody acts for the reader. `given`: the reader acts for somebody. `seen`: it is another's, only to be looked at. */
  side: 'taken' | 'given' | 'seen';
  name: string | null;
  phone: string | null;
  relation: Family['helping'][number]['relation'];
  scope: Scope;
  since: string;
  until: string | null;
  me: boolean;
}

export const readFamily = (): Promise<Read<Family>> => read(api.family.$get());

/** Every link of the family, in the order of the page. */
function linksOf({ helpers, helping }: Family): Link[] {
  return [
    ...helpers.flatMap(({ retiree, own, people }) =>
      people.map((one): Link => ({ ...one, retiree: retiree.name, side: one.me ? 'seen' : own ? 'taken' : 'seen' })),
    ),
    ...helping.map((one): Link => ({
      ...one,
      retiree: one.retiree.name,
      side: 'given',
      name: null,
      phone: null,
      me: true,
    })),
  ];
}

/** One link; one that the reader gives is that, though they see it among the helpers as well. */
export const linkOf = (family: Family, id: string): Link | null => {
  const found = linksOf(family).filter((one) => one.id === id);
  return found.find((one) => one.side === 'given') ?? found[0] ?? null;
};

const scopes: readonly Scope[] = ['look', 'apply', 'everything'];

/** The scopes that allow less than this one, the largest first. */
export const lessThan = (scope: Scope): Scope[] => scopes.slice(0, scopes.indexOf(scope)).toReversed();

/** @throws Problem, Offline */
export const endLink = (id: string) => call(api.links[':id'].end.$post({ param: { id }, json: {} }));

/** @throws Problem, Offline */
export const narrowLink = (id: string, scope: Scope) =>
  call(api.links[':id'].narrow.$post({ param: { id }, json: { scope } }));
