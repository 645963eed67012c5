/** What the calendar refuses. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';

export const daysBackwards = () => new AppError('calendar-backwards', 422);
export const tooManyDays = (max: number) => new AppError('calendar-too-many', 422, { max });
/** Days of an earlier year, or further ahead than anything is promised. */
export const daysOutOfReach = (from: number, to: number) => new AppError('calendar-out-of-reach', 422, { from, to });
export const daysNeedName = () => new AppError('calendar-needs-name', 422);
/** The days are so already. */
export const nothingChanges = () => new AppError('calendar-same', 422);
