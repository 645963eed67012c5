/** A service that asks for a permission, added while the product runs: what is agreed to once is not asked again. */
import { addService, allServices } from '../../api/engine/catalogue.ts';
import { form } from '../../api/engine/form.ts';
import { q } from '../../api/engine/questions/index.ts';
import { defineService } from '../../api/engine/service.ts';
import { addTexts } from '../../locales/index.ts';

const consentService = defineService({
  kind: 'toy-outing',
  version: 1,
  basis: ['第二十一条'],
  subject: 'retiree',
  promise: 2,
  open: { by: ['self', 'relative', 'counter'] },
  ask: form.ask('pictures', q.consent('photos')).ask('lunch', q.yes()),
  steps: {
    decide: {
      by: ['clerk'],
      at: ({ subject }) => subject.care,
      on: { approve: { to: 'approved' }, return: { to: 'here' } },
    },
  },
  reasons: { reject: [], return: ['unclear'] },
});

const texts = {
  title: '秋游报名',
  summary: '和社区的人一起出去走走',
  ask: { pictures: { label: '照片里可以有您吗？' }, lunch: { label: '一起吃午饭吗？' } },
  return: { unclear: '请再看看' },
  steps: { decide: { title: '待审：秋游', waiting: '{{unit}}正在登记' } },
};

/** Adds service and texts to this process; calling it again changes nothing. */
export function addConsentService(): void {
  if (allServices().some(({ kind }) => kind === consentService.kind)) return;
  addTexts('zh-CN', `services/${consentService.kind}`, texts);
  addService(consentService);
}
