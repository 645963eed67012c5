/** What signing in and binding refuse. None of them says whether a record or an account exists. */
import { AppError } from '../errors.ts';

export const notAMobile = () => new AppError('not-a-mobile', 422);
export const wrongCode = () => new AppError('wrong-code', 422);
export const tooManyAttempts = (minutes: number) => new AppError('too-many-attempts', 429, { minutes });
export const alreadyBound = () => new AppError('already-bound', 409);
export const linkUsed = () => new AppError('link-used', 410);
export const notConfirmed = () => new AppError('not-confirmed', 409);
export const onlyInChat = () => new AppError('only-in-chat', 403);
export const notYourContact = () => new AppError('not-your-contact', 422);
export const smsFailed = () => new AppError('sms-failed', 503);
