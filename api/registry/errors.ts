/** What the registry refuses. Only staff meet these: they say that somebody is there. */
import { AppError } from '../errors.ts';

export const alreadyRegistered = () => new AppError('already-registered', 409);
export const numberTaken = () => new AppError('number-taken', 409);
