/** What really came to people's chats, as the simulated Telegram has it, beside what the product believes. */
import type { Simulator } from '../../../bot/simulator/app.ts';

export interface Delivery {
  chat: number;
  text: string;
  /** When it came, by `performance.now()`. */
  at: number;
}

export interface PostOffice {
  /** Every message that was put into a chat, by its id. */
  sends: Map<number, Delivery>;
  /** Ids of messages that were changed, or found as they should be. */
  edits: Set<number>;
  /** Forgets all of it, between two rounds. */
  clear(): void;
}

export function openPostOffice(simulator: Simulator): PostOffice {
  const sends = new Map<number, Delivery>();
  const edits = new Set<number>();
  simulator.onDone((method, values, result) => {
    if (method === 'sendMessage') {
      const { message_id: id } = result as { message_id: number };
      sends.set(id, { chat: Number(values['chat_id']), text: String(values['text']), at: performance.now() });
    }
    if (method === 'editMessageText' || method === 'editMessageReplyMarkup') edits.add(Number(values['message_id']));
  });
  return {
    sends,
    edits,
    clear() {
      sends.clear();
      edits.clear();
    },
  };
}
