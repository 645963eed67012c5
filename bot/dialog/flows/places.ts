/** Where a button of the menu, a command or a word of its own leads. */
import { say } from '../../../locales/index.ts';
import * as menus from '../menus.ts';
import type { Message } from '../message.ts';
import { tap, type Place } from '../taps.ts';
import { listActivities } from './activities.ts';
import { listCases } from './casework.ts';
import { listDevices } from './devices.ts';
import * as drafting from './drafting.ts';
import * as family from './family.ts';
import { showGroups } from './groups.ts';
import { listNotices } from './notices.ts';
import { listPending } from './pending.ts';
import * as people from './people.ts';
import { chatDraft } from './standing.ts';
import type { Talk } from './talk.ts';

const doors: Record<Place, (talk: Talk) => Promise<Message>> = {
  menu: (talk) => drafting.showMenu(talk),
  services: drafting.listServices,
  cases: (talk) => listCases(talk),
  notices: (talk) => listNotices(talk),
  group: showGroups,
  activities: (talk) => listActivities(talk),
  drafts: drafting.listUnfinished,
  family: family.listFamily,
  human: people.offerHuman,
  help: async (talk) => menus.help(talk.locale, await people.readMe(talk)),
  languages: async ({ locale }) => menus.languages(locale),
  page: people.offerPage,
  me: people.offerMine,
  devices: (talk) => listDevices(talk),
  bind: (talk) => people.offerBinding(talk),
  back: drafting.goBack,
  cancel: drafting.cancel,
  pending: (talk) => listPending(talk),
};

/** Goes to a place. What only helps does not lose the open question: it stays open, and a button leads back to it. */
export async function go(talk: Talk, place: Place): Promise<Message[]> {
  const shown = await doors[place](talk);
  if (place !== 'human' && place !== 'help') return [shown];
  const draft = await chatDraft(talk);
  if (!draft) return [shown];
  const back = { text: say(talk.locale, 'chat:draft.backTo'), data: tap('resume', { draft: draft.id }) };
  return [{ ...shown, buttons: [...shown.buttons, [back]] }];
}
