/** Who leads what a case asks for, and may agree to it: which retirees they are, by what the service says of the step. */
import type { Ctx } from '../../context.ts';
import { readingRoom, type CaseRow } from '../drafts/load.ts';
import type { Service } from '../service.ts';
import { loadSubject } from '../subjects.ts';
import { asValues, ownAnswers } from './answers.ts';

const ledStep = ({ steps }: Service) => Object.values(steps).find(({ leaders }) => leaders !== undefined);

/** Whether a service has a step that somebody leads. */
export const isLed = (service: Service): boolean => ledStep(service) !== undefined;

/** Who leads what the case asks for, as retirees; also once it has ended, so that they can look how. */
export async function leadersOf(
  ctx: Ctx,
  row: Pick<CaseRow, 'id' | 'subjectId'>,
  service: Service,
): Promise<readonly string[]> {
  const leaders = ledStep(service)?.leaders;
  if (!leaders) return [];
  const [subject, own] = await Promise.all([loadSubject(ctx, service.subject, row.subjectId), ownAnswers(ctx, row.id)]);
  const answers = asValues(service.ask.entries, own, readingRoom(ctx));
  return leaders(ctx, { subject, answers, units: ctx.city.units } as never);
}
