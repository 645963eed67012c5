/** The service guide (办事指南), made from the definition. */
import { z } from 'zod';
import { hasText, say, sayAll } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { daysAfter } from './cases/step.ts';
import { describedQuestion, describeQuestion } from './drafts/view.ts';
import { panels, tones, type Service } from './service.ts';
import { ownForm, serviceKey, stepText } from './texts.ts';

export const serviceLineShape = z.object({
  kind: z.string(),
  title: z.string(),
  summary: z.string(),
  /** Working days within which it is decided. */
  promise: z.int(),
  /** In what capacities it can be opened. */
  by: z.array(z.string()).readonly(),
  subject: z.string(),
  /** What a relative's link must allow. */
  scope: z.enum(['apply', 'everything']),
  tone: z.enum(tones).nullable(),
  /** Whether it may be opened for somebody who died. */
  afterDeath: z.boolean(),
  /** What pages show beside it. */
  panel: z.enum(panels).nullable(),
  /** What people say when they want it (搬家, 换社区): the chat finds the service by them. */
  words: z.array(z.string()),
});
export type ServiceLine = z.infer<typeof serviceLineShape>;

export const guide = serviceLineShape.extend({
  basis: z.array(z.string()).readonly(),
  /** What to know before beginning: read first, once. */
  before: z.array(z.string()),
  questions: z.array(describedQuestion),
  /** Keys of questions that may be answered later. */
  adds: z.array(z.string()).readonly(),
  /** Who decides, in order. */
  steps: z.array(z.object({ name: z.string(), title: z.string(), within: z.int().nullable() })),
});
export type Guide = z.infer<typeof guide>;

export function serviceLine(ctx: Ctx, service: Service): ServiceLine {
  const words = serviceKey(service.kind, 'words');
  return {
    kind: service.kind,
    title: say(ctx.locale, serviceKey(service.kind, 'title')),
    summary: say(ctx.locale, serviceKey(service.kind, 'summary')),
    promise: service.promise,
    by: service.open.by ?? [],
    subject: service.subject,
    scope: service.open.scope ?? 'apply',
    tone: service.tone ?? null,
    afterDeath: service.endsAtDeath === false,
    panel: service.panel ?? null,
    words: hasText(words) ? sayAll(ctx.locale, words) : [],
  };
}

export function readGuide(ctx: Ctx, service: Service): Guide {
  const before = serviceKey(service.kind, 'before');
  return {
    ...serviceLine(ctx, service),
    basis: service.basis,
    before: hasText(before) ? sayAll(ctx.locale, before) : [],
    questions: service.ask.entries.map((entry) => describeQuestion(ctx, service.kind, ownForm, entry)),
    adds: service.adds ?? [],
    steps: Object.entries(service.steps).map(([name, step]) => ({
      name,
      title: stepText(ctx.locale, service, name, 'title'),
      within: step.within ?? daysAfter(ctx, step),
    })),
  };
}
