/** The service guide (办事指南), made from the definition. */
import { hasText, say, sayAll } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { daysAfter } from './cases/step.ts';
import { describeQuestion } from './drafts/view.ts';
import type { Service, Tone } from './service.ts';
import { ownForm, serviceKey, stepText } from './texts.ts';

export interface ServiceLine {
  kind: string;
  title: string;
  summary: string;
  /** Working days within which it is decided. */
  promise: number;
  /** In what capacities it can be opened. */
  by: readonly string[];
  subject: string;
  tone: Tone | null;
  /** Whether it may be opened for somebody who died. */
  afterDeath: boolean;
  /** What pages show beside it. */
  panel: 'estimate' | null;
  /** What people say when they want it (搬家, 换社区): the chat finds the service by them. */
  words: string[];
}

export interface Guide extends ServiceLine {
  basis: readonly string[];
  /** What to know before beginning: read first, once. */
  before: string[];
  questions: ReturnType<typeof describeQuestion>[];
  /** Keys of questions that may be answered later. */
  adds: readonly string[];
  /** Who decides, in order. */
  steps: { name: string; title: string; within: number | null }[];
}

export function serviceLine(ctx: Ctx, service: Service): ServiceLine {
  const words = serviceKey(service.kind, 'words');
  return {
    kind: service.kind,
    title: say(ctx.locale, serviceKey(service.kind, 'title')),
    summary: say(ctx.locale, serviceKey(service.kind, 'summary')),
    promise: service.promise,
    by: service.open.by ?? [],
    subject: service.subject,
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
