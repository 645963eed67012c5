/** The city's agency enters what was published for a year. Nothing is changed: a correction is entered again, and holds from then on. */
import { incomeBases } from '../../db/schema/deaths.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { AppError } from '../errors.ts';

interface NewBase {
  /** The year that the figure is of. */
  year: number;
  /** For the whole year, in yuan as it is published. */
  yuan: number;
  source: string;
}

/** No figure of this kind was ever below or above these, in yuan; a zero too many is caught by them. */
const LEAST = 10_000;
const MOST = 500_000;

/** @throws not-allowed for all but the city's agency, bad-base when the figure cannot be right */
export async function enterBase(ctx: Ctx, { year, yuan, source }: NewBase): Promise<void> {
  ensureCan(ctx.actor, 'benefits.enter', { agencyId: ctx.city.units.cityAgency().id });
  const thisYear = Number(dayOf(ctx.clock()).slice(0, 4));
  if (year < 2020 || year >= thisYear || yuan < LEAST || yuan > MOST || source.trim() === '')
    throw new AppError('bad-base', 422, { year: thisYear - 1 });
  await ctx.db.insert(incomeBases).values({
    year,
    yearFen: Math.round(yuan * 100),
    source: source.trim(),
    enteredBy: ensurePerson(ctx.actor).accountId,
    enteredAt: ctx.clock(),
  });
}
