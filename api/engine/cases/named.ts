/** People named by name and number: whether the registry has them, and what they were called. */
import { compact } from '../../values/characters.ts';
import type { Ctx } from '../../context.ts';
import type { AskedAnswer } from '../../../db/schema/engine.ts';
import type { Retiree } from '../../ports.ts';
import { readingRoom } from '../drafts/load.ts';
import type { NamedPerson } from '../questions/person.ts';
import type { Service } from '../service.ts';
import { asValues, ownAnswers } from './answers.ts';

/** The retiree with this number, if that is their name. */
export async function findNamed(ctx: Ctx, named: NamedPerson | null | undefined): Promise<Retiree | null> {
  const found = named ? await ctx.city.people.byIdNumber(ctx.db, named.idNumber) : null;
  return found && named && compact(found.name) === compact(named.name) ? found : null;
}

/** Who is named by answers to a service's own questions. */
export function personIn(ctx: Ctx, service: Service, answers: Record<string, unknown>): NamedPerson | null {
  return service.open.about?.({ subject: null, answers, units: ctx.city.units } as never) ?? null;
}

/** The same, of answers as they were kept. */
export function nameIn(ctx: Ctx, service: Service, answers: readonly AskedAnswer[]): string {
  return personIn(ctx, service, asValues(service.ask.entries, answers, readingRoom(ctx)))?.name ?? '';
}

/** What the person was called when the case was opened. */
export async function nameTyped(ctx: Ctx, service: Service, caseId: string): Promise<string> {
  return nameIn(ctx, service, await ownAnswers(ctx, caseId));
}
