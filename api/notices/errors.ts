/** What notices refuse. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';
import type { Fault } from './rules.ts';

/** Somebody changed it meanwhile, or it stands otherwise than the caller saw. */
export const noticeChanged = (version: number) => new AppError('notice-changed', 409, {}, { version });
/** What must be mended first, field by field, with words. */
export const noticeUnfit = (faults: (Fault & { words: string })[]) =>
  new AppError('notice-unfit', 422, { what: faults.map(({ words }) => words).join(' ') }, { faults });
export const noticeBackwards = () => new AppError('notice-backwards', 422);
export const agesBackwards = () => new AppError('notice-ages', 422);
/** Nobody in the unit and those below is meant. */
export const nobodyMeant = () => new AppError('notice-nobody', 422);
/** The second pair of eyes is somebody else's. */
export const needsAnother = () => new AppError('notice-needs-another', 409);
export const noticeTooLong = (max: number) => new AppError('notice-too-long', 422, { max });
export const pasteTooLarge = (max: number) => new AppError('paste-too-large', 413, { max });
export const tooManyNoticeFiles = (max: number) => new AppError('too-many-files', 422, { max });
export const notAnAttachment = (found: string) => new AppError('not-an-attachment', 415, { found });
/** A picture or file that the text names is not there. */
export const noSuchPicture = () => new AppError('notice-no-picture', 422);
