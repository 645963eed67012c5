/** What the verbs of families refuse. */
import { AppError } from '../errors.ts';

export const notLess = () => new AppError('not-less', 422);
export const sayWhy = () => new AppError('say-why', 422);
