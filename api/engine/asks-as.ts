/** As whom somebody answers the questions of a verb. */
import type { Ctx } from '../context.ts';
import type { Asks } from './form.ts';
import type { Service } from './service.ts';

/** A retiree who is asked something is asked yes or no and nothing else; staff of the unit answer as staff, also about themselves. */
export function asksAs({ actor }: Ctx, about: { subjectId: string | null; unitId: string }, service: Service): Asks {
  if (service.subject !== 'named' || actor.is !== 'person') return 'staff';
  const isSelf = actor.links.some((link) => link.relation === 'self' && link.retireeId === about.subjectId);
  return isSelf && !actor.posts.some((post) => post.unitId === about.unitId) ? 'retiree' : 'staff';
}
