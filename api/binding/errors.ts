/** What binding refuses. Nothing here says whether a record exists. */
import { AppError } from '../errors.ts';

/** Wrong name, wrong phone, nobody of that number, or tried too often: one answer for all of them. */
export const cannotBind = () => new AppError('cannot-bind', 422);
export const badIdNumber = (fault: string) => new AppError('bad-id-number', 422, {}, { fault });
/** A slip of the pen: the digits do not check. */
export const badSlipCode = () => new AppError('bad-slip-code', 422);
/** Unknown, used, cancelled or out of date. */
export const slipNotGood = () => new AppError('slip-not-good', 410);
