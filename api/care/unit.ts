/** The unit that a request names. */
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Unit } from '../ports.ts';

/** @throws not-found */
export function unitNamed({ city }: Ctx, id: string): Unit {
  const unit = city.units.get(id);
  if (!unit) throw notFound();
  return unit;
}
