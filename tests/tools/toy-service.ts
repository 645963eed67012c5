/** A service in ten lines and a few texts, added while the product runs: what chat, pages and API must be able to do with no code more. */
import { addService, allServices } from '../../api/engine/catalogue.ts';
import { form } from '../../api/engine/form.ts';
import { q } from '../../api/engine/questions/index.ts';
import { defineService } from '../../api/engine/service.ts';
import type { Retiree } from '../../api/ports.ts';
import { setPhone } from '../../api/registry/set-phone.ts';
import type { Phone } from '../../api/values/phone.ts';
import { addTexts } from '../../locales/index.ts';

/** Its one effect: the retiree's phone number in the registry. */
const newPhone = ({ subject, answers }: { subject: Retiree; answers: { phone: Phone } }) => [
  setPhone({ retireeId: subject.id, phone: answers.phone }),
];

export const toyService = defineService({
  kind: 'toy-phone',
  version: 1,
  basis: ['第四条（二）'],
  subject: 'retiree',
  promise: 2,
  open: { by: ['self', 'relative', 'counter'], one: 'show' },
  ask: form.ask('phone', q.phone()).ask('why', q.choice('lost', 'cheaper')),
  steps: { decide: { by: ['clerk'], at: (c) => c.subject.care, on: { approve: { to: 'approved', do: newPhone } } } },
});

const texts = {
  'zh-CN': {
    title: '换电话号码',
    summary: '换了号码，告诉社区一声',
    ask: {
      phone: { label: '新的号码是多少？' },
      why: { label: '为什么换号码？', options: { lost: '手机丢了', cheaper: '换了便宜的套餐' } },
    },
    steps: { decide: { title: '待审：换号码', waiting: '{{unit}}正在核实' } },
  },
  'zh-Hant': {
    title: '換電話號碼',
    summary: '換了號碼，告訴社區一聲',
    ask: {
      phone: { label: '新的號碼是多少？' },
      why: { label: '為什麼換號碼？', options: { lost: '手機丟了', cheaper: '換了便宜的套餐' } },
    },
    steps: { decide: { title: '待審：換號碼', waiting: '{{unit}}正在核實' } },
  },
  en: {
    title: 'New phone number',
    summary: 'Tell the community your new number',
    ask: {
      phone: { label: 'What is the new number?' },
      why: { label: 'Why a new number?', options: { lost: 'The phone was lost', cheaper: 'A cheaper contract' } },
    },
    steps: { decide: { title: 'To decide: new number', waiting: '{{unit}} is checking' } },
  },
} as const;

/** Adds service and texts to this process; calling it again changes nothing. */
export function addToyService(): void {
  if (allServices().some((service) => service.kind === toyService.kind)) return;
  for (const [locale, words] of Object.entries(texts))
    addTexts(locale as keyof typeof texts, 'services/toy-phone', words);
  addService(toyService);
}
