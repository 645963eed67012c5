/** The visit to a family, in miniature, and what gets its money back: what a death opens and another part of the product pays. */
import { addService, allServices } from '../../api/engine/catalogue.ts';
import { form } from '../../api/engine/form.ts';
import { defineService, type Service } from '../../api/engine/service.ts';
import { addTexts, locales } from '../../locales/index.ts';

const common = {
  version: 1,
  basis: ['第十三条'],
  subject: 'retiree',
  promise: 10,
  endsAtDeath: false,
  ask: form,
} as const;

const bereavement = defineService({
  ...common,
  kind: 'bereavement',
  tone: 'bereavement',
  open: { fromEffect: true, one: 'show' },
  steps: {
    pay: { by: ['clerk'], at: ({ subject }) => subject.care ?? subject.insuredAt, on: { approve: { to: 'approved' } } },
  },
});

const recovery = defineService({
  ...common,
  kind: 'recovery',
  open: { fromEffect: true },
  steps: { pay: { by: ['clerk'], at: ({ subject }) => subject.insuredAt, on: { approve: { to: 'approved' } } } },
});

/** Adds them to this process, unless the product has its own. */
export function addBereavement(): void {
  add(bereavement, '亡故慰问');
  add(recovery, '追回');
}

function add(service: Service, title: string): void {
  if (allServices().some(({ kind }) => kind === service.kind)) return;
  const words = { title, summary: '社区上门看望', steps: { pay: { title: '待办', waiting: '社区在办' } } };
  for (const locale of locales) addTexts(locale, `services/${service.kind}`, words);
  addService(service);
}
