/** The SMS that the product has sent, newest first, each code one tap from the clipboard. */
import { shown, type Sms } from './server.ts';
import { clockTime, say } from './texts.ts';
import { defineComponent, h, ref, type VNode } from './vue.js';
import { icon } from './icons.ts';

export const Inbox = defineComponent({
  setup() {
    const copied = ref<number>();
    const copy = async (sms: Sms, code: string): Promise<void> => {
      await navigator.clipboard.writeText(code);
      copied.value = sms.id;
    };
    const nameOf = (number: string): string => {
      const owner = [...shown.phones.values()].find(({ phoneNumber }) => phoneNumber && number.endsWith(phoneNumber));
      return owner ? `${owner.firstName} ${number}` : number;
    };
    const entry = (sms: Sms): VNode => {
      const code = /(?:验证码|code)\D*(\d{4,8})(?!\d)/i.exec(sms.text)?.[1];
      const label = copied.value === sms.id ? say('sms.copied') : say('sms.copy', { code: code ?? '' });
      return h('li', { key: sms.id }, [
        h('p', { class: 'to' }, [
          h('b', say('sms.to', { number: nameOf(sms.to) })),
          h('time', clockTime(new Date(sms.at))),
        ]),
        h('p', sms.text),
        code &&
          h('button', { type: 'button', class: 'quiet', onClick: () => void copy(sms, code) }, [icon('copy'), label]),
      ]);
    };

    return () =>
      h('aside', { class: 'inbox', id: 'sms', 'aria-label': say('sms.title') }, [
        h('h2', [icon('sms'), say('sms.title')]),
        shown.sms.length === 0
          ? h('p', { class: 'hint' }, say('sms.empty'))
          : h('ol', { 'aria-live': 'polite' }, shown.sms.toReversed().map(entry)),
      ]);
  },
});
