/** 小组 in chat: which group somebody is in, who leads it, the community's phone, and whom to call in danger. */
import type { MyGroup } from '../../api/groups/read-mine.ts';
import { say, type Locale } from '../../locales/index.ts';
import { mark } from './mark.ts';
import { lines, message, paragraphs, type Message } from './message.ts';
import { pageButtons, type PageAddress } from './menus.ts';
import { aside, goTo } from './navigation.ts';
import { tap } from './taps.ts';

/** Of everybody whom the person acts for. No private number is sent into a chat: the page has those who agreed to be called. */
export function myGroups(locale: Locale, groups: readonly MyGroup[], page: PageAddress): Message {
  const t = (key: string, params: Record<string, string | number> = {}) => say(locale, `groups:chat.${key}`, params);
  if (groups.length === 0) return message(t('nobody'), [goTo(locale, 'bind')], aside(locale));
  const guide = (service: string) => [{ text: t(service), data: tap('guide', { service: mark(service) }) }];
  return message(
    paragraphs(...groups.map((one) => oneGroup(locale, one)), t('danger')),
    ...pageButtons(locale, page),
    guide('difficulty'),
    guide('group-join'),
    aside(locale),
  );
}

function oneGroup(locale: Locale, { retiree, unit, group, near }: MyGroup): string {
  const t = (key: string, params: Record<string, string | number> = {}) => say(locale, `groups:chat.${key}`, params);
  const { name } = retiree;
  if (!unit) return t('noCommunity', { name });
  const call = unit.phone
    ? say(locale, 'chat:cases.call', { unit: unit.name, phone: unit.phone })
    : say(locale, 'chat:human.hotline');
  if (!group) return lines(t(near.length > 0 ? 'none' : 'noGroups', { name, unit: unit.name }), call);
  return lines(
    t('in', { name, unit: unit.name, group: group.name, count: group.people }),
    ...group.offices.map((one) =>
      t(one.me ? 'officeMe' : one.phone ? 'officePhone' : 'office', {
        office: say(locale, `groups:offices.${one.office}`),
        name: one.name,
      }),
    ),
    group.offices.length === 0 && t('noLeader'),
    call,
  );
}
