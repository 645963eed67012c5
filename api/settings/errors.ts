/** What settings refuse. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';
import type { WordsFault } from './templates.ts';

/** Somebody else changed them meanwhile. */
export const settingsChanged = (version: number) => new AppError('settings-changed', 409, {}, { version });
export const hoursBackwards = () => new AppError('hours-backwards', 422);
/** The same day twice among those that are otherwise. */
export const dayTwice = () => new AppError('hours-day-twice', 422);
/** Words with a long number or an address in them: a chat makes links of those. */
export const reasonUnfit = (words: string) => new AppError('reason-unfit', 422, { words });
/** All reasons stand in the regulation: a unit adds none of its own. */
export const reasonsClosed = () => new AppError('reasons-closed', 422);
export const reasonTwice = () => new AppError('reason-twice', 422);
export const notAnOfficePhone = () => new AppError('not-an-office-phone', 422);
/** What is wrong with the city's words of a message. */
export const wordsUnfit = (fault: WordsFault) =>
  new AppError(fault.code, 422, 'names' in fault ? { names: fault.names } : {});
