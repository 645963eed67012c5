/** Where a form stops before its end: an answer after which the case could not be opened. Nobody fills in the rest for nothing. */
import { z } from 'zod';
import { say } from '../../../locales/index.ts';
import { card, unitCard } from '../../access/me.ts';
import type { Ctx } from '../../context.ts';
import { reasonAgainst, wordsAgainst } from '../cases/must.ts';
import type { Walk } from '../form.ts';
import { emergencies } from '../service.ts';
import { questionKey } from '../texts.ts';
import type { LoadedDraft } from './load.ts';

export const stoppedView = z.object({
  /** The service's name for it. */
  reason: z.string(),
  /** Why, and where to turn. */
  words: z.string(),
  /** The answer that stops it, to be changed; null when it is no answer's doing. */
  at: z.object({ key: z.string(), label: z.string() }).nullable(),
  /** Numbers to call before anything else: somebody is in danger. */
  urgent: z.array(z.enum(emergencies)),
  /** Whom to call: the unit that cares for the person, else the city's agency. */
  call: unitCard,
});
export type StoppedView = z.infer<typeof stoppedView>;

/** Null while the form goes on. A decision's form never stops: only an application can turn out to be none. */
export function stopOf(ctx: Ctx, draft: LoadedDraft, walk: Walk): StoppedView | null {
  const { service, subject, place } = draft;
  if (place.verb) return null;
  const reason = reasonAgainst(ctx, service, subject, walk.values);
  if (!reason) return null;
  const key = stoppingAnswer(ctx, draft, walk);
  const unit = (subject && 'care' in subject && (subject.care ?? subject.insuredAt)) || ctx.city.units.cityAgency();
  return {
    reason,
    words: wordsAgainst(ctx, service, reason),
    at: key === null ? null : { key, label: say(ctx.locale, questionKey(service.kind, place, key, 'label')) },
    urgent: [...(service.open.urgent?.(reason) ?? [])],
    call: card(ctx, unit.id),
  };
}

/** The first answer that speaks against it together with those before it. */
function stoppingAnswer(ctx: Ctx, { service, subject }: LoadedDraft, { asked, values }: Walk): string | null {
  const before: Record<string, unknown> = {};
  if (reasonAgainst(ctx, service, subject, before)) return null;
  for (const { key } of asked) {
    if (!(key in values)) return null;
    before[key] = values[key];
    if (reasonAgainst(ctx, service, subject, before)) return key;
  }
  return null;
}
