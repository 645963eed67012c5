/**
 * The two ways in which the simulator says no: to the bot, as the Bot API does it, and to the person at
 * the phone, with a code that the page turns into words.
 */

/** An error that a Bot API method answers with: `{ ok: false, error_code, description, parameters }`. */
export class BotApiError extends Error {
  readonly errorCode: number;
  /** Seconds to wait before trying again (429 only). */
  readonly retryAfter: number | undefined;
  /** Where a group lives on that became a supergroup. */
  readonly movedTo: number | undefined;

  constructor(errorCode: number, description: string, more: { retryAfter?: number; movedTo?: number } = {}) {
    super(description);
    this.errorCode = errorCode;
    this.retryAfter = more.retryAfter;
    this.movedTo = more.movedTo;
  }
}

export const badRequest = (what: string): BotApiError => new BotApiError(400, `Bad Request: ${what}`);

export const tooManyRequests = (retryAfter: number): BotApiError =>
  new BotApiError(429, `Too Many Requests: retry after ${retryAfter}`, { retryAfter });

/** What a person's own app would not let them do. The codes are keys under `error` in the texts. */
export type PhoneErrorCode =
  | 'emptyText'
  | 'noSuchButton'
  | 'noSuchMessage'
  | 'noPhoneNumber'
  | 'badPhoneNumber'
  | 'badName'
  | 'badStartPayload'
  | 'notAnImage'
  | 'blocked'
  | 'noSuchPhone'
  | 'noSuchRoom'
  | 'notInRoom'
  | 'badRequest';

/** A person's act that the chat app itself refuses; the bot never hears of it. */
export class PhoneError extends Error {
  readonly code: PhoneErrorCode;

  constructor(code: PhoneErrorCode, detail?: string) {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
  }
}
