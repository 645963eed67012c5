/** What policy refuses. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';

/** Nothing in the text begins with 第X条. */
export const noArticles = () => new AppError('policy-no-articles', 422);
export const documentBackwards = () => new AppError('policy-backwards', 422);
/** Two parts of a document have the same name. */
export const labelTwice = (label: string) => new AppError('policy-label-twice', 422, { label });
/** Only a consultation that was answered can be published, and only once. */
export const notToPublish = () => new AppError('policy-not-to-publish', 409);
