/** One phone on the page: whose it is, the chat, and what its holder can do. */
import type { ChatView, SeenButton, SeenMessage } from '../view.ts';
import { avatar } from './avatar.ts';
import { bubble } from './bubble.ts';
import { Composer } from './composer.ts';
import { icon } from './icons.ts';
import { act, closePhone, forward, Refusal, sendFile, shown } from './server.ts';
import { say } from './texts.ts';
import { defineComponent, h, nextTick, onMounted, onUnmounted, ref, watch, type PropType, type VNode } from './vue.js';

const NOTICE_MS = 4000;

type Tapped = { kind: string; url?: string; text?: string };

export const Phone = defineComponent({
  props: { phone: { type: Object as PropType<ChatView>, required: true } },
  setup(props) {
    const list = ref<HTMLElement>();
    const notice = ref('');
    const alert = ref('');
    const forwarding = ref<SeenMessage>();
    const showsTools = ref(false);
    let timer: ReturnType<typeof setTimeout> | undefined;

    const tell = (words: string): void => {
      notice.value = words;
      clearTimeout(timer);
      timer = setTimeout(() => (notice.value = ''), NOTICE_MS);
    };
    const attempt = async (run: () => Promise<unknown>): Promise<boolean> => {
      try {
        await run();
        return true;
      } catch (error) {
        tell(say(`error.${error instanceof Refusal ? error.code : 'badRequest'}`));
        return false;
      }
    };
    const { id } = props.phone;
    const carryOut = async (tapped: Tapped): Promise<void> => {
      if (tapped.url) window.open(tapped.url, '_blank', 'noopener');
      if (tapped.kind === 'copy') {
        await navigator.clipboard.writeText(tapped.text ?? '');
        tell(say('phone.copied'));
      }
    };
    const press = (button: SeenButton, messageId?: number): void => {
      const wanted = button.kind === 'callback' ? button.value : button.text;
      void attempt(async () => carryOut(await act<Tapped>(id, 'tap', { button: wanted, messageId })));
    };
    const send = (text: string): Promise<boolean> => attempt(() => act(id, 'send', { text }));
    const acts = {
      send,
      press,
      attach: (kind: string) => void attempt(() => act(id, kind)),
      sendFile: (file: File) => void attempt(() => sendFile(id, file)),
      openMenu: () => void attempt(async () => carryOut(await act<Tapped>(id, 'menu'))),
    };
    const bubbleActs = {
      tap: press,
      say: (text: string) => void send(text),
      startForward: (message: SeenMessage) => void (forwarding.value = message),
    };

    const scrollDown = (): void => void nextTick(() => list.value?.scrollTo({ top: list.value.scrollHeight }));
    // also when a panel or the reply keyboard takes room from the chat
    const resized = new ResizeObserver(scrollDown);
    onMounted(() => list.value && resized.observe(list.value));
    onUnmounted(() => resized.disconnect());
    watch(() => [props.phone.messages.at(-1)?.id, props.phone.action], scrollDown);
    watch(
      () => props.phone.toasts.at(-1),
      (toast, before) => {
        if (!toast || toast.id === before?.id) return;
        if (toast.alert) alert.value = toast.text;
        else tell(toast.text);
      },
    );

    const head = (): VNode => {
      const { firstName, phoneNumber, note, blocked } = props.phone;
      return h('header', [
        avatar(firstName, phoneNumber ?? firstName),
        h('div', { class: 'who' }, [h('h2', firstName), h('p', [note, phoneNumber].filter(Boolean).join(' · '))]),
        iconButton('more', say('phone.tools'), () => (showsTools.value = !showsTools.value)),
        iconButton('close', say('phone.close'), () => closePhone(id)),
        showsTools.value &&
          h('div', { class: 'tools' }, [
            h(
              'button',
              {
                type: 'button',
                class: 'option',
                onClick: () => {
                  showsTools.value = false;
                  void attempt(() => act(id, blocked ? 'unblock' : 'block'));
                },
              },
              h('b', say(blocked ? 'phone.unblock' : 'phone.block')),
            ),
          ]),
      ]);
    };

    const chat = (): VNode => {
      const { messages, started, action } = props.phone;
      const isEmpty = messages.length === 0;
      return h(
        'ol',
        {
          class: 'chat',
          ref: list,
          tabindex: 0,
          'aria-live': 'polite',
          'aria-label': say('phone.of', { name: props.phone.firstName }),
        },
        [
          isEmpty && h('li', { class: 'hint' }, say(started ? 'phone.known' : 'phone.welcome')),
          ...messages.map((message) => bubble(message, bubbleActs)),
          action && h('li', { class: 'typing' }, say('phone.typing')),
        ],
      );
    };

    const foot = (): VNode => {
      if (props.phone.blocked) {
        return h('div', { class: 'composer' }, [
          h('p', { class: 'hint' }, say('phone.blocked')),
          bigButton(say('phone.unblock'), () => act(id, 'unblock')),
        ]);
      }
      if (!props.phone.started) {
        return h(
          'div',
          { class: 'composer' },
          bigButton(say('phone.start'), () => act(id, 'start', { payload: '' })),
        );
      }
      return h(Composer, { phone: props.phone, acts });
    };
    const bigButton = (label: string, run: () => Promise<unknown>): VNode =>
      h('button', { type: 'button', class: 'big', onClick: () => void attempt(run) }, label);

    const forwardChooser = (message: SeenMessage): VNode =>
      h('div', { class: 'cover' }, [
        h('div', { class: 'panel', role: 'dialog', 'aria-label': say('phone.forward') }, [
          ...shown.open.map((to) =>
            h(
              'button',
              {
                type: 'button',
                class: 'option',
                onClick: () => ((forwarding.value = undefined), void attempt(() => forward(to, message))),
              },
              h('b', say('phone.forwardTo', { name: shown.phones.get(to)?.firstName ?? '' })),
            ),
          ),
          h(
            'button',
            { type: 'button', class: 'option', onClick: () => (forwarding.value = undefined) },
            say('people.cancel'),
          ),
        ]),
      ]);
    const alertBox = (): VNode =>
      h('div', { class: 'cover' }, [
        h('div', { class: 'panel alert', role: 'alertdialog', 'aria-label': alert.value }, [
          h('p', alert.value),
          h('button', { type: 'button', class: 'big', onClick: () => (alert.value = '') }, say('phone.notice')),
        ]),
      ]);

    return () =>
      h(
        'section',
        { class: 'phone', id: `phone-${id}`, 'aria-label': say('phone.of', { name: props.phone.firstName }) },
        [
          head(),
          chat(),
          h('p', { class: ['toast', { seen: notice.value }], role: 'status' }, notice.value),
          foot(),
          forwarding.value && forwardChooser(forwarding.value),
          alert.value && alertBox(),
        ],
      );
  },
});

const iconButton = (name: 'more' | 'close', label: string, onClick: () => void): VNode =>
  h('button', { type: 'button', class: 'tool', title: label, 'aria-label': label, onClick }, icon(name));
