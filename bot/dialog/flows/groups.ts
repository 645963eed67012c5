/** 小组 in chat, for everybody whom the person acts for. */
import { myGroups } from '../groups.ts';
import type { Message } from '../message.ts';
import { pageAddress, readMe } from './people.ts';
import { take, type Talk } from './talk.ts';

/** More people than this nobody looks after from one chat. */
const MOST = 5;

export async function showGroups(talk: Talk): Promise<Message> {
  const { people } = await readMe(talk);
  const alive = people.filter((one) => one.alive).slice(0, MOST);
  const groups = await Promise.all(
    alive.map(({ id }) => take(talk.api.api.groups.mine.$get({ query: { retiree: id } }))),
  );
  return myGroups(talk.locale, groups, await pageAddress(talk, '/groups'));
}
