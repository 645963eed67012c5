/** One group on the page: what everybody in it sees, and somebody of it who writes. */
import type { RoomView } from '../view.ts';
import { avatar } from './avatar.ts';
import { bubble } from './bubble.ts';
import { icon } from './icons.ts';
import { actIn, Refusal } from './server.ts';
import { say } from './texts.ts';
import { defineComponent, h, nextTick, ref, watch, type PropType, type VNode } from './vue.js';

export const Room = defineComponent({
  props: { room: { type: Object as PropType<RoomView>, required: true } },
  setup(props) {
    const list = ref<HTMLElement>();
    const by = ref(props.room.members[0]?.id ?? 0);
    const text = ref('');
    const notice = ref('');
    const { id } = props.room;
    const attempt = async (name: string, body: object = {}): Promise<boolean> => {
      notice.value = '';
      try {
        await actIn(id, name, { by: by.value, ...body });
        return true;
      } catch (error) {
        notice.value = say(`error.${error instanceof Refusal ? error.code : 'badRequest'}`);
        return false;
      }
    };
    watch(
      () => props.room.messages.at(-1)?.id,
      () => void nextTick(() => list.value?.scrollTo({ top: list.value.scrollHeight })),
    );
    const acts = {
      tap: () => {},
      say: (words: string) => void attempt('say', { text: words }),
    };
    const tool = (label: string, name: string, body: object = {}): VNode =>
      h('button', { type: 'button', class: 'option', onClick: () => void attempt(name, body) }, h('b', label));
    const send = async (event: Event): Promise<void> => {
      event.preventDefault();
      if (await attempt('say', { text: text.value })) text.value = '';
    };
    const foot = (): VNode =>
      h('form', { class: 'composer', onSubmit: (event: Event) => void send(event) }, [
        h('label', { class: 'who-writes' }, [
          h('span', say('room.as')),
          h(
            'select',
            {
              value: by.value,
              onChange: (event: Event) => (by.value = Number((event.target as HTMLSelectElement).value)),
            },
            props.room.members.map(({ id: member, name }) => h('option', { value: member }, name)),
          ),
        ]),
        h('div', { class: 'line' }, [
          h('textarea', {
            rows: 1,
            value: text.value,
            'aria-label': say('phone.message'),
            placeholder: say('phone.message'),
            onInput: (event: Event) => (text.value = (event.target as HTMLTextAreaElement).value),
          }),
          h('button', { class: 'tool send', 'aria-label': say('phone.send'), title: say('phone.send') }, icon('send')),
        ]),
      ]);
    return () => {
      const { title, members, hasBot, over, messages } = props.room;
      return h('section', { class: 'phone room', 'aria-label': say('room.of', { title }) }, [
        h('header', [
          avatar(title, title),
          h('div', { class: 'who' }, [h('h2', title), h('p', members.map(({ name }) => name).join('、'))]),
        ]),
        h(
          'ol',
          { class: 'chat', ref: list, tabindex: 0, 'aria-live': 'polite', 'aria-label': say('room.of', { title }) },
          messages.flatMap((message) => [
            h('li', { class: 'hint', key: `by-${message.id}` }, message.by),
            bubble(message, acts),
          ]),
        ),
        h('p', { class: ['toast', { seen: notice.value }], role: 'status' }, notice.value),
        over
          ? h('p', { class: 'hint' }, say('room.over'))
          : [
              h('div', { class: 'room-tools' }, [
                tool(say(hasBot ? 'room.botOut' : 'room.botIn'), 'bot', { isIn: !hasBot }),
                tool(say('room.upgrade'), 'upgrade'),
                tool(say('room.delete'), 'delete'),
              ]),
              foot(),
            ],
      ]);
    };
  },
});
