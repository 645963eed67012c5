/** A message before any channel has it: words and buttons. Adapters turn it into what their channel knows. */

/** A button: a tap that comes back to us, an address to open, words to copy, or a page of ours opened inside the chat's own app. */
export type Button =
  | { text: string; data: string }
  | { text: string; url: string }
  | { text: string; copy: string }
  | { text: string; app: string };

export interface Message {
  text: string;
  /** Row by row. */
  buttons: Button[][];
  /** The words of a button that shares the person's own phone number; null takes that button away again. */
  sharePhone?: string | null;
}

/** What happens in a chat after something came in. Everything is optional: a second tap of the same button does nothing. */
export interface Turn {
  /** New messages, in order. */
  say?: Message[];
  /** What the message whose button was tapped becomes. */
  edit?: Message;
  /** A line added to that message, which loses its buttons: what was chosen. */
  mark?: string;
  /** A short notice at the tapped button, ≤ 200 characters. */
  toast?: string;
}

/** The most that one message holds, in UTF-16 units; what is longer is cut with a sign that it was. */
const LONGEST = 4096;

/** Words with buttons; empty rows and empty lines at the ends are dropped. */
export function message(text: string, ...rows: (Button | false | null)[][]): Message {
  const buttons = rows
    .map((row) => row.filter((button): button is Button => Boolean(button)))
    .filter((row) => row.length > 0);
  const whole = text.trim();
  return { text: whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1)}…` : whole, buttons };
}

/** Lines as one text; what is absent is left out. */
export const lines = (...parts: (string | false | null | undefined)[]): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join('\n');

/** The same with an empty line between: what is apart is read apart. */
export const paragraphs = (...parts: (string | false | null | undefined)[]): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join('\n\n');

/** One button a row. */
export const stacked = (buttons: Button[]): Button[][] => buttons.map((button) => [button]);

/** Rows of two. */
export function paired(buttons: Button[]): Button[][] {
  return buttons.flatMap((button, at) => (at % 2 === 0 ? [[button, ...buttons.slice(at + 1, at + 2)]] : []));
}
