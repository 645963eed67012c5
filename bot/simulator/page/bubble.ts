/** One message: what it says, its buttons, and a way to forward it. */
import type { SeenButton, SeenMessage } from '../view.ts';
import { icon } from './icons.ts';
import { mediaAddress, shown } from './server.ts';
import { clockTime, say } from './texts.ts';
import { h, type VNode } from './vue.js';

export type BubbleActs = {
  tap(button: SeenButton, messageId: number): void;
  say(text: string): void;
  /** Left out where nothing is forwarded from. */
  startForward?(message: SeenMessage): void;
};

const external = { target: '_blank', rel: 'noopener noreferrer' };

export function bubble(message: SeenMessage, acts: BubbleActs): VNode {
  const time = clockTime(new Date(message.date * 1000));
  const body = h('div', { class: 'bubble' }, [
    message.forwardedFrom && h('p', { class: 'origin' }, say('phone.forwarded', { name: message.forwardedFrom })),
    ...attachments(message),
    message.text && h('p', { class: 'words' }, words(message, acts)),
    h('p', { class: 'time' }, [message.edited && `${say('phone.edited')} `, time]),
  ]);
  const forwardButton = h(
    'button',
    {
      type: 'button',
      class: 'forward',
      title: say('phone.forward'),
      'aria-label': say('phone.forward'),
      onClick: () => acts.startForward?.(message),
    },
    icon('forward'),
  );
  return h('li', { key: message.id, class: ['message', message.from] }, [
    h('div', { class: 'line' }, [body, acts.startForward && forwardButton]),
    ...message.buttons.map((row) =>
      h(
        'div',
        { class: 'buttons' },
        row.map((button) => inlineButton(button, () => acts.tap(button, message.id))),
      ),
    ),
  ]);
}

function attachments({ photo, document, voice, sticker, contact }: SeenMessage): (VNode | undefined)[] {
  return [
    photo &&
      h(
        'a',
        { href: mediaAddress(photo.fileId), ...external },
        h('img', { src: mediaAddress(photo.fileId), alt: say('phone.photoOf') }),
      ),
    document &&
      h(
        'a',
        { href: mediaAddress(document.fileId), class: 'file', download: document.name },
        say('phone.file', { name: document.name }),
      ),
    voice && h('p', { class: 'file' }, [icon('voice'), say('phone.voiceMessage')]),
    sticker ? h('p', { class: 'sticker' }, sticker) : undefined,
    contact &&
      h('p', { class: 'file' }, [
        icon('contact'),
        `${say('phone.card', { name: contact.firstName })} ${contact.phoneNumber}`,
      ]),
  ].filter(Boolean);
}

/** The text with its addresses and commands to tap. */
function words({ text, marks }: SeenMessage, acts: BubbleActs): (string | VNode)[] {
  const parts: (string | VNode)[] = [];
  let from = 0;
  for (const { kind, offset, length } of marks) {
    parts.push(text.slice(from, offset));
    from = offset + length;
    const marked = text.slice(offset, from);
    const href = marked.startsWith('t.me/') ? `https://${marked}` : marked;
    const isOurs = kind === 'bot_command' || isBotLink(href);
    parts.push(
      isOurs
        ? h('button', { type: 'button', class: 'link', onClick: () => acts.say(marked) }, marked)
        : h('a', { href, ...external }, marked),
    );
  }
  return [...parts, text.slice(from)];
}

function inlineButton(button: SeenButton, onClick: () => void): VNode {
  const sign = {
    url: 'open',
    webApp: 'open',
    copy: 'copy',
    contact: 'contact',
    callback: undefined,
    text: undefined,
  } as const;
  const name = sign[button.kind];
  const content = [button.text, name && icon(name)];
  if (button.kind === 'url' && !isBotLink(button.value)) return h('a', { href: button.value, ...external }, content);
  return h('button', { type: 'button', onClick }, content);
}

/** A deep link to the bot starts it in this chat instead of opening a tab. */
const isBotLink = (address: string): boolean =>
  address.toLowerCase().startsWith(`https://t.me/${shown.username.toLowerCase()}`);
