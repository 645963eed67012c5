/** What must hold for a case: asked when it opens, after each answer, and again whenever its answers change. */
import { say } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import { cannotOpen } from '../errors.ts';
import type { Service, AnySubject } from '../service.ts';
import { serviceKey } from '../texts.ts';

const DECEASED = 'deceased';

/**
 * Why the case cannot be opened after these answers, which may be the first few; null when nothing speaks against it. Nothing but what
 * follows a death is done for the dead.
 */
export function reasonAgainst(
  ctx: Ctx,
  service: Service,
  subject: AnySubject | null,
  answers: Record<string, unknown>,
): string | null {
  if (subject && 'alive' in subject && !subject.alive && service.endsAtDeath !== false) return DECEASED;
  return service.open.must?.({ subject, answers, units: ctx.city.units } as never) ?? null;
}

/** The words for such a reason: the service's own, but for what holds for all. */
export const wordsAgainst = (ctx: Ctx, service: Service, reason: string): string =>
  say(ctx.locale, reason === DECEASED ? 'errors:deceased' : serviceKey(service.kind, `must.${reason}`));

/** @throws cannot-open with the words for the reason */
export function ensureMust(
  ctx: Ctx,
  service: Service,
  subject: AnySubject | null,
  answers: Record<string, unknown>,
): void {
  const reason = reasonAgainst(ctx, service, subject, answers);
  if (reason) throw cannotOpen(reason, wordsAgainst(ctx, service, reason));
}

/** Which answer the registry speaks against, and why; null when none. */
export async function checkAgainst(
  ctx: Ctx,
  service: Service,
  subject: AnySubject | null,
  answers: Record<string, unknown>,
): Promise<{ reason: string; at: string } | null> {
  return (await service.open.check?.(ctx, { subject, answers, units: ctx.city.units } as never)) ?? null;
}

/** The same as `ensureMust`, for what the registry must say to it. @throws cannot-open with the words for the reason */
export async function ensureChecked(
  ctx: Ctx,
  service: Service,
  subject: AnySubject | null,
  answers: Record<string, unknown>,
): Promise<void> {
  const found = await checkAgainst(ctx, service, subject, answers);
  if (found) throw cannotOpen(found.reason, wordsAgainst(ctx, service, found.reason));
}
