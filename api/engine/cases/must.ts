/** What must hold for a case: asked when it opens, after each answer, and again whenever its answers change. */
import { say } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import { cannotOpen } from '../errors.ts';
import type { Service, AnySubject } from '../service.ts';
import { serviceKey } from '../texts.ts';

/** Why the case cannot be opened after these answers, which may be the first few; null when nothing speaks against it. */
export function reasonAgainst(
  ctx: Ctx,
  service: Service,
  subject: AnySubject | null,
  answers: Record<string, unknown>,
): string | null {
  return service.open.must?.({ subject, answers, units: ctx.city.units } as never) ?? null;
}

/** The service's own words for such a reason. */
export const wordsAgainst = (ctx: Ctx, service: Service, reason: string): string =>
  say(ctx.locale, serviceKey(service.kind, `must.${reason}`));

/** @throws cannot-open with the service's own words */
export function ensureMust(
  ctx: Ctx,
  service: Service,
  subject: AnySubject | null,
  answers: Record<string, unknown>,
): void {
  const reason = reasonAgainst(ctx, service, subject, answers);
  if (reason) throw cannotOpen(reason, wordsAgainst(ctx, service, reason));
}
