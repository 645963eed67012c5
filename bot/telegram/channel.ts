/** The channel port on Telegram: messages from the outbox, with the buttons that their form wants. Waiting is the outbox's business. */
import { GrammyError, HttpError, type Api } from 'grammy';
import type { Channel, Outgoing, Sent } from '../../api/delivery/channel.ts';
import { say } from '../../locales/index.ts';
import { newsButtons } from '../dialog/activities.ts';
import { caseButton } from '../dialog/cases.ts';
import { dayAt } from '../dialog/days.ts';
import { noticeCard } from '../dialog/flows/casework.ts';
import { chatDraft, standing } from '../dialog/flows/standing.ts';
import { clientFor, Refused, type Doors, type Memory, type Talk } from '../dialog/flows/talk.ts';
import { noticeButton } from '../dialog/notices.ts';
import { message, type Message } from '../dialog/message.ts';
import { pagesButtons } from '../dialog/rooms.ts';
import { tap } from '../dialog/taps.ts';
import { isGone, isSettled } from './api.ts';
import { rewrite, send } from './perform.ts';

export interface ChannelParts {
  doors: Doors;
  api: Api;
  baseUrl: string;
  appUrl: string | null;
  clock: () => Date;
  memoryOf: (chatId: number) => Memory;
}

export function makeChannel(parts: ChannelParts): Channel {
  return {
    send: (address, outgoing) => sending(async () => send(parts.api, address, await compose(parts, address, outgoing))),
    edit: (address, sentId, outgoing) =>
      sending(() => rewrite(parts.api, address, Number(sentId), changed(outgoing)), sentId),
  };
}

/** The template that counts cards. */
const countsCards: string = 'cards.more';

/** Settled cards lose their buttons; a figure that grows keeps its own. */
const changed = ({ template, text, locale }: Outgoing): Message =>
  template === countsCards ? withList(text, locale) : message(text);

const withList = (text: string, locale: Outgoing['locale']): Message =>
  message(text, [
    {
      text: say(locale, 'chat:digest.open'),
      data: tap('pending', { view: 'unit', kind: '', takes: false, due: 0, id: null }),
    },
  ]);

/** The message with its buttons. When they cannot be found out, the words go alone: the news matters more than the button. */
async function compose(parts: ChannelParts, address: string, outgoing: Outgoing): Promise<Message> {
  const { text, locale, caseNumber } = outgoing;
  try {
    return await withButtons(talkIn(parts, address, outgoing), outgoing);
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error;
    return message(text, caseNumber ? [caseButton(say(locale, 'chat:cases.look'), caseNumber)] : []);
  }
}

async function withButtons(
  talk: Talk,
  { form, template, text, locale, caseNumber, params }: Outgoing,
): Promise<Message> {
  const ticket = params['ticket'];
  if (template === 'confirm-sign-in' && ticket) {
    const choice = (yes: boolean) => ({
      text: say(locale, yes ? 'chat:signIn.yes' : 'chat:signIn.no'),
      data: tap('signIn', { ticket, yes }),
    });
    return message(text, [choice(true), choice(false)]);
  }
  if (template.startsWith('room.'))
    return message(text, pagesButtons(locale, params['pages']?.split(' ').filter(Boolean) ?? [], talk.baseUrl));
  const notice = params['notice'];
  if (template.startsWith('news.') && notice) return message(text, [noticeButton(locale, notice)]);
  const { activity, signUp } = params;
  if (template.startsWith('activity.') && activity)
    return message(text, ...newsButtons(locale, template.slice('activity.'.length), activity, signUp));
  if ((form === 'card' || template === 'report.verify') && caseNumber) return noticeCard(talk, caseNumber, text);
  if (template.startsWith('digest.') || template === countsCards) return withList(text, locale);
  if (form === 'resume') return goOn(talk, text, params['draft']);
  return message(text, caseNumber ? [caseButton(say(locale, 'chat:cases.look'), caseNumber)] : []);
}

/** The chat goes on by itself after a question was answered on a page; if it talks about something else by now, it is only told. */
async function goOn(talk: Talk, text: string, id: string | undefined): Promise<Message> {
  const draft = await chatDraft(talk);
  if (!draft || draft.id !== id) return message(text);
  delete talk.memory.changing;
  return standing(talk, draft, text);
}

function talkIn(
  { doors, baseUrl, appUrl, clock, memoryOf }: ChannelParts,
  address: string,
  { locale }: Outgoing,
): Talk {
  const now = clock();
  const api = clientFor(doors, { kind: 'telegram', id: address, name: '', language: locale }, null);
  return { api, now, today: dayAt(now), baseUrl, appUrl, memory: memoryOf(Number(address)), locale };
}

/** Waits this long when the server is not to be reached. */
const LATER_SECONDS = 5;

/** What became of a sending. `already` is the id of a message that is to be changed: one that stands as wanted counts as sent. */
async function sending(act: () => Promise<number>, already?: string): Promise<Sent> {
  try {
    return { is: 'sent', id: String(await act()) };
  } catch (error) {
    const why = error instanceof GrammyError ? `${error.error_code} ${error.description}` : (error as Error).message;
    if (already !== undefined && isSettled(error)) return { is: 'sent', id: already };
    const movedTo = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
    if (movedTo !== undefined) return { is: 'gone', why, to: String(movedTo) };
    if (isGone(error)) return { is: 'gone', why };
    if (error instanceof HttpError || error instanceof Refused) return { is: 'later', why, waitSeconds: LATER_SECONDS };
    if (!(error instanceof GrammyError)) return { is: 'failed', why };
    if (error.error_code === 429)
      return { is: 'later', why, waitSeconds: error.parameters.retry_after ?? LATER_SECONDS };
    return error.error_code >= 500 ? { is: 'later', why, waitSeconds: LATER_SECONDS } : { is: 'failed', why };
  }
}
