/** What must hold for a case: asked when it opens, and again whenever its answers change. */
import { say } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import { cannotOpen } from '../errors.ts';
import type { Service, AnySubject } from '../service.ts';
import { serviceKey } from '../texts.ts';

/** @throws cannot-open with the service's own words; nothing but what follows a death is done for the dead */
export function ensureMust(
  ctx: Ctx,
  service: Service,
  subject: AnySubject | null,
  answers: Record<string, unknown>,
): void {
  if (subject && 'alive' in subject && !subject.alive && service.endsAtDeath !== false)
    throw cannotOpen('deceased', say(ctx.locale, 'errors:deceased'));
  const reason = service.open.must?.({ subject, answers, units: ctx.city.units } as never);
  if (reason) throw cannotOpen(reason, say(ctx.locale, serviceKey(service.kind, `must.${reason}`)));
}
