/** What asking for one's data and closing an account refuse. */
import { AppError } from '../errors.ts';

/** Somebody who works here hands over first: their cases would wait for nobody. */
export const hasPosts = () => new AppError('has-posts', 409);
/** Cases were opened or decided since the page named them: to be read again. */
export const openCasesChanged = () => new AppError('open-cases-changed', 409);
