/** The Bot API as this product uses it, and what its refusals mean. */
import { setTimeout as delay } from 'node:timers/promises';
import { Api, GrammyError, type Transformer } from 'grammy';

export interface ApiOptions {
  token: string;
  /** Another server than Telegram's own: the simulator. */
  apiRoot?: string;
}

export const TELEGRAM = 'https://api.telegram.org';
/** Seconds a call may take; a long poll waits less than this. */
const CALL_SECONDS = 45;

/** An API that reports every refusal at once. */
export const quickApi = ({ token, apiRoot }: ApiOptions): Api =>
  new Api(token, { timeoutSeconds: CALL_SECONDS, ...(apiRoot && { apiRoot }) });

/** Waiting longer than this is left to the person, who asks again. */
const LONGEST_WAIT_S = 60;
const TRIES = 4;

/** An API that waits when it is told to (`retry_after`), and tries again when the network or the server failed. */
export function patientApi(options: ApiOptions): Api {
  const api = quickApi(options);
  api.config.use(patience);
  return api;
}

const patience: Transformer = async (call, method, payload, signal) => {
  for (let tried = 1; ; tried += 1) {
    const answer = await call(method, payload, signal).catch((error: unknown) => {
      if (tried >= TRIES) throw error;
      return null;
    });
    const wait =
      answer === null || (!answer.ok && answer.error_code >= 500)
        ? tried / 2
        : answer.ok
          ? null
          : (answer.parameters?.retry_after ?? null);
    if (answer && (wait === null || tried >= TRIES || wait > LONGEST_WAIT_S)) return answer;
    await delay((wait ?? 1) * 1000);
  }
};

/** The person blocked the bot, or the chat is no more: nothing can be sent there. */
export const isGone = (error: unknown): boolean =>
  error instanceof GrammyError &&
  (error.error_code === 403 || /chat not found|user is deactivated|PEER_ID_INVALID/i.test(error.description));

/** The message stands as wanted already, or can no longer be changed: nothing to do about it. */
export const isSettled = (error: unknown): boolean =>
  error instanceof GrammyError &&
  /message is not modified|message to edit not found|message can't be edited|MESSAGE_ID_INVALID|query is too old/i.test(
    error.description,
  );

/** Telegram takes no button that opens this address. */
export const isBadAddress = (error: unknown): boolean =>
  error instanceof GrammyError &&
  error.error_code === 400 &&
  /Wrong HTTP URL|BUTTON_URL_INVALID|URL host is empty/i.test(error.description);
