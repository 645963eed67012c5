/** The visit to a family, in miniature: what a death opens and another service of the product pays. */
import { addService, allServices } from '../../api/engine/catalogue.ts';
import { form } from '../../api/engine/form.ts';
import { defineService } from '../../api/engine/service.ts';
import { addTexts, locales } from '../../locales/index.ts';

const kind = 'bereavement';
const service = defineService({
  kind,
  version: 1,
  basis: ['第十三条'],
  subject: 'retiree',
  promise: 10,
  tone: 'bereavement',
  endsAtDeath: false,
  open: { fromEffect: true, one: 'show' },
  ask: form,
  steps: {
    pay: { by: ['clerk'], at: ({ subject }) => subject.care ?? subject.insuredAt, on: { approve: { to: 'approved' } } },
  },
});

/** Adds it to this process, unless the product has one of its own. */
export function addBereavement(): void {
  if (allServices().some((one) => one.kind === kind)) return;
  const words = {
    title: '亡故慰问',
    summary: '社区上门看望',
    steps: { pay: { title: '待办：上门', waiting: '会上门' } },
  };
  for (const locale of locales) addTexts(locale, `services/${kind}`, words);
  addService(service);
}
