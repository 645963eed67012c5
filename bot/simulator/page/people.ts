/** Whose phone lies on the page: a chip for each person, and a form for somebody new. */
import { avatar } from './avatar.ts';
import { icon } from './icons.ts';
import { openPhone, openRoom, Refusal, shown, type Preset } from './server.ts';
import { say } from './texts.ts';
import { computed, defineComponent, h, nextTick, reactive, type VNode } from './vue.js';

export const People = defineComponent({
  setup() {
    const form = reactive({ isOpen: false, firstName: '', phoneNumber: '', error: '' });

    const everybody = computed((): Preset[] => {
      const opened = [...shown.phones.values()].filter(({ id }) => shown.open.includes(id));
      const others = opened
        .filter(({ phoneNumber }) => !shown.presets.some((preset) => preset.phoneNumber === phoneNumber))
        .map(({ firstName, phoneNumber = '', note = '' }) => ({ firstName, phoneNumber, note }));
      return [...shown.presets, ...others];
    });
    const openIdOf = ({ phoneNumber, firstName }: Preset): number | undefined =>
      shown.open.find((id) => {
        const phone = shown.phones.get(id);
        return phone?.phoneNumber === (phoneNumber || undefined) && phone?.firstName === firstName;
      });
    const choose = async (person: Preset): Promise<void> => {
      if (openIdOf(person) === undefined) await openPhone({ ...person, known: true });
      await nextTick();
      document.querySelector(`#phone-${openIdOf(person)}`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    };
    const submit = async (event: Event): Promise<void> => {
      event.preventDefault();
      try {
        await openPhone({ firstName: form.firstName, phoneNumber: form.phoneNumber });
        Object.assign(form, { isOpen: false, firstName: '', phoneNumber: '', error: '' });
      } catch (error) {
        form.error = say(`error.${error instanceof Refusal ? error.code : 'badRequest'}`);
      }
    };

    const chip = (person: Preset): VNode =>
      h(
        'button',
        {
          key: `${person.phoneNumber} ${person.firstName}`,
          type: 'button',
          class: 'chip',
          'aria-pressed': openIdOf(person) !== undefined,
          onClick: () => void choose(person),
        },
        [
          avatar(person.firstName, person.phoneNumber || person.firstName),
          h('span', [h('b', person.firstName), h('small', person.note || person.phoneNumber)]),
        ],
      );
    const smsChip = (): VNode =>
      h('a', { key: 'sms', class: 'chip sms-chip', href: '#sms' }, [
        icon('sms'),
        h('span', [h('b', say('sms.title')), h('small', String(shown.sms.length))]),
      ]);
    const field = (name: 'firstName' | 'phoneNumber', label: string, inputmode: 'text' | 'tel'): VNode =>
      h('label', [
        h('span', label),
        h('input', {
          name,
          inputmode,
          value: form[name],
          autocomplete: 'off',
          onInput: (event: Event) => (form[name] = (event.target as HTMLInputElement).value),
        }),
      ]);
    const newPhone = (): VNode =>
      h('form', { class: 'new-phone', onSubmit: submit }, [
        field('firstName', say('people.name'), 'text'),
        field('phoneNumber', say('people.number'), 'tel'),
        h('button', { class: 'big' }, say('people.submit')),
        h('button', { type: 'button', class: 'quiet', onClick: () => (form.isOpen = false) }, say('people.cancel')),
        h('p', { class: 'error', role: 'alert' }, form.error),
      ]);

    return () => [
      h('nav', { class: 'people', 'aria-label': say('people.title') }, [
        ...everybody.value.map(chip),
        h(
          'button',
          {
            // Kept when the others arrive: a tap under way must not end on somebody's phone.
            key: 'add',
            type: 'button',
            class: 'chip add',
            'aria-expanded': form.isOpen,
            onClick: () => (form.isOpen = !form.isOpen),
          },
          [icon('attach'), h('b', say('people.add'))],
        ),
        shown.open.length > 0 &&
          h(
            'button',
            { key: 'room', type: 'button', class: 'chip add', onClick: () => void openRoom(say('room.title')) },
            [icon('attach'), h('b', say('room.open'))],
          ),
        smsChip(),
      ]),
      form.isOpen && newPhone(),
    ];
  },
});
