/** The lower end of a phone: the line to write in, the bot's commands, attachments, and the reply keyboard. */
import type { ChatView, SeenButton } from '../view.ts';
import { icon } from './icons.ts';
import { say } from './texts.ts';
import { defineComponent, h, ref, type PropType, type VNode } from './vue.js';

export type ComposerActs = {
  send(text: string): Promise<boolean>;
  press(button: SeenButton): void;
  attach(kind: 'voice' | 'sticker' | 'contact'): void;
  sendFile(file: File): void;
  openMenu(): void;
};

type Panel = 'commands' | 'attach' | undefined;

export const Composer = defineComponent({
  props: {
    phone: { type: Object as PropType<ChatView>, required: true },
    acts: { type: Object as PropType<ComposerActs>, required: true },
  },
  setup(props) {
    const text = ref('');
    const panel = ref<Panel>();
    const keyboardHidden = ref(false);
    const toggle = (name: Panel): void => void (panel.value = panel.value === name ? undefined : name);
    const submit = async (): Promise<void> => {
      if (await props.acts.send(text.value)) text.value = '';
    };
    const choose = (run: () => void) => (): void => {
      panel.value = undefined;
      run();
    };
    const option = (label: string, run: () => void, detail?: string): VNode =>
      h('button', { type: 'button', class: 'option', onClick: choose(run) }, [
        h('b', label),
        detail && h('span', detail),
      ]);

    const commands = (): VNode =>
      h(
        'div',
        { class: 'panel' },
        props.phone.commands.map(({ command, description }) =>
          option(`/${command}`, () => void props.acts.send(`/${command}`), description),
        ),
      );
    const attachments = (): VNode =>
      h('div', { class: 'panel' }, [
        h('label', { class: 'option' }, [
          h('b', say('phone.photo')),
          h('input', { type: 'file', class: 'unseen', onChange: (event: Event) => pick(event) }),
        ]),
        option(say('phone.voice'), () => props.acts.attach('voice')),
        option(say('phone.sticker'), () => props.acts.attach('sticker')),
        option(say('phone.contact'), () => props.acts.attach('contact')),
      ]);
    const pick = (event: Event): void => {
      const input = event.target as HTMLInputElement;
      const [file] = input.files ?? [];
      if (file) choose(() => props.acts.sendFile(file))();
      input.value = '';
    };
    const tool = (name: 'commands' | 'attach' | 'keyboard', label: string, isOn: boolean, onClick: () => void): VNode =>
      h(
        'button',
        { type: 'button', class: 'tool', title: label, 'aria-label': label, 'aria-expanded': isOn, onClick },
        icon(name),
      );

    const line = (): VNode => {
      const { commands: list, menuButton, keyboard, placeholder } = props.phone;
      const hasKeyboard = keyboard.length > 0;
      const keyboardLabel = say(keyboardHidden.value ? 'phone.showKeyboard' : 'phone.hideKeyboard');
      return h('form', { class: 'line', onSubmit: (event: Event) => (event.preventDefault(), void submit()) }, [
        menuButton.type === 'web_app'
          ? h('button', { type: 'button', class: 'tool word', onClick: () => props.acts.openMenu() }, menuButton.text)
          : list.length > 0 &&
            tool('commands', say('phone.commands'), panel.value === 'commands', () => toggle('commands')),
        tool('attach', say('phone.attach'), panel.value === 'attach', () => toggle('attach')),
        h('textarea', {
          rows: 1,
          value: text.value,
          placeholder: placeholder ?? say('phone.message'),
          'aria-label': say('phone.message'),
          onInput: (event: Event) => (text.value = (event.target as HTMLTextAreaElement).value),
          onKeydown: (event: KeyboardEvent) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void submit();
          },
        }),
        hasKeyboard &&
          tool('keyboard', keyboardLabel, !keyboardHidden.value, () => (keyboardHidden.value = !keyboardHidden.value)),
        h('button', { class: 'tool send', 'aria-label': say('phone.send'), title: say('phone.send') }, icon('send')),
      ]);
    };
    const replyKeyboard = (): VNode =>
      h(
        'div',
        { class: 'keyboard' },
        props.phone.keyboard.map((row) =>
          h(
            'div',
            { class: 'buttons' },
            row.map((button) =>
              h('button', { type: 'button', onClick: () => props.acts.press(button) }, [
                button.text,
                button.kind === 'contact' && icon('contact'),
              ]),
            ),
          ),
        ),
      );

    return () =>
      h('div', { class: 'composer' }, [
        panel.value === 'commands' && commands(),
        panel.value === 'attach' && attachments(),
        line(),
        props.phone.keyboard.length > 0 && !keyboardHidden.value && replyKeyboard(),
      ]);
  },
});
