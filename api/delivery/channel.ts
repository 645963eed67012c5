/** The channel port: what a way of reaching people must do. Adapters stand outside (`bot/`), and `main.ts` plugs them in. */
import type { Locale } from '../../locales/index.ts';

/** A message ready to be sent, in the reader's language. */
export interface Outgoing {
  form: 'notice' | 'card' | 'edit' | 'resume';
  template: string;
  text: string;
  locale: Locale;
  /** The account it goes to. */
  accountId: string;
  /** The case that its buttons act on. */
  caseNumber: string | null;
  /** What the template was given, for adapters that make buttons of it (a draft to resume, a link to confirm). */
  params: Record<string, string>;
}

/** What became of a sending. `gone`: nothing more can be sent there; `to` is where a group lives on that Telegram has moved. `later`: try again, not before `waitSeconds`. */
export type Sent =
  | { is: 'sent'; id: string }
  | { is: 'gone'; why: string; to?: string }
  | { is: 'later'; why: string; waitSeconds: number }
  | { is: 'failed'; why: string };

export interface Channel {
  send(address: string, message: Outgoing): Promise<Sent>;
  /** Changes a message sent before. */
  edit(address: string, sentId: string, message: Outgoing): Promise<Sent>;
}
