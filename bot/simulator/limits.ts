/**
 * Telegram's limits, in one place, as its server enforces them. Where the documentation gives a figure the
 * Bot API page (core.telegram.org/bots/api) is the source; the rest is what its server is seen to do.
 *
 * The simulator is stricter or laxer than Telegram in four places, on purpose:
 *  - `parse_mode` is refused (this product writes plain text; a stray tag must not pass unseen);
 *  - `http://` addresses of this very machine are allowed in buttons, Mini Apps and webhooks;
 *  - webhooks may point to this machine only, so that nothing here can be made to call out;
 *  - the clock of a button's "query is too old" is the simulator's own.
 */
export const LIMITS = {
  /** Characters of a message, in UTF-16 code units after trimming. */
  text: 4096,
  /** Characters of a caption under a photo or a document. */
  caption: 1024,
  /** Bytes of `callback_data` in UTF-8: 21 汉字. */
  callbackDataBytes: 64,
  /** Characters of the notice that answers a tapped button. */
  callbackAnswer: 200,
  /** Seconds after which a tapped button can no longer be answered. */
  callbackAgeSeconds: 15 * 60,
  /** Characters of a deep link's payload, which is `[A-Za-z0-9_-]` only. */
  startPayload: 64,
  /** Buttons under one message; more is REPLY_MARKUP_TOO_LONG. */
  buttons: 100,
  /** Commands in one `setMyCommands`. */
  commands: 100,
  commandName: /^[a-z0-9_]{1,32}$/,
  /** Characters of what a command says about itself, in UTF-16 code units. */
  commandDescription: 256,
  /** Characters of the placeholder in the input field. */
  placeholder: 64,
  /** Bytes of a photo that a bot uploads. */
  photoBytes: 10 * 1024 * 1024,
  /** Bytes of any other file that a bot uploads. */
  uploadBytes: 50 * 1024 * 1024,
  /** Bytes of a file that a bot may fetch with `getFile`. */
  downloadBytes: 20 * 1024 * 1024,
  /** Seconds during which a bot may delete a message. */
  deleteAgeSeconds: 48 * 3600,
  /** Updates of one `getUpdates`. */
  updatesAtOnce: 100,
  /** Seconds that `getUpdates` waits at most. */
  pollSeconds: 50,
  /** Characters of a webhook's secret, `[A-Za-z0-9_-]` only. */
  webhookSecret: 256,
} as const;

/** What the simulator itself remembers, so that a long bench does not fill the memory. */
export const MEMORY = {
  messagesPerChat: 200,
  smsMessages: 100,
  toastsPerChat: 20,
  pendingUpdates: 100_000,
  callbackQueries: 10_000,
  files: 200,
  fileBytes: 128 * 1024 * 1024,
} as const;

/** How fast a bot may send. Telegram gives no exact figures for a chat; it tolerates short bursts. */
export type RateLimits = {
  /** Messages to one chat that may come at once. */
  burstPerChat: number;
  /** Messages a second to one chat, once the burst is used up. */
  perChatPerSecond: number;
  /** Messages a minute to one group. */
  perRoomPerMinute: number;
  /** Messages a second to all chats together. */
  perSecond: number;
};

export const TELEGRAM_RATES: RateLimits = {
  burstPerChat: 20,
  perChatPerSecond: 1,
  perRoomPerMinute: 20,
  perSecond: 30,
};
