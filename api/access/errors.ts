/** What signing in and binding refuse. None of them says whether a record or an account exists. */
import { AppError } from '../errors.ts';

export const notAMobile = () => new AppError('not-a-mobile', 422);
export const notAName = () => new AppError('not-a-name', 422);
export const wrongCode = () => new AppError('wrong-code', 422);
export const tooManyAttempts = (minutes: number) => new AppError('too-many-attempts', 429, { minutes });
export const tooManyToday = () => new AppError('too-many-today', 429);
export const alreadyBound = () => new AppError('already-bound', 409);
export const linkUsed = () => new AppError('link-used', 410);
export const notConfirmed = () => new AppError('not-confirmed', 409);
export const onlyInChat = () => new AppError('only-in-chat', 403);
export const notYourContact = () => new AppError('not-your-contact', 422);
/** Not signed by Telegram for our bot, or not in its shape. */
export const miniAppRefused = () => new AppError('mini-app-refused', 403);
/** Opened too long ago, or used before. */
export const miniAppUsed = () => new AppError('mini-app-used', 410);
/** The browser is signed in as somebody else, who must say that they want to change over. */
export const otherAccount = () => new AppError('other-account', 409);
/** A chat and a phone number lead to two people: joining them needs somebody who looks. */
export const accountsDiffer = () => new AppError('accounts-differ', 409);
/** Nothing but this chat leads to the account. */
export const lastWay = () => new AppError('last-way', 409);
export const noPhoneToProve = () => new AppError('no-phone-to-prove', 422);
export const smsFailed = () => new AppError('sms-failed', 503);
/** A post at a district or above gives no power in this browser or chat yet. */
export const secondFactorFirst = () => new AppError('second-factor-first', 403);
/** A code or recovery code that is wrong, was used before, or is too old. */
export const wrongFactorCode = () => new AppError('wrong-factor-code', 422);
