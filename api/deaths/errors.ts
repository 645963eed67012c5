/** What cannot be done about a death. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';

/** Somebody else's report was found true before. */
export const alreadyDeceased = () => new AppError('already-deceased', 409);
