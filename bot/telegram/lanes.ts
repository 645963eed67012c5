/** One lane a chat: what comes in from one person is handled in order, different people at once. */

export interface Lanes {
  /** Runs `work` after everything given before for this chat. Never rejects. */
  run(chatId: number, work: () => Promise<void>): Promise<void>;
  /** When everything given so far is done. */
  idle(): Promise<void>;
}

/** `failed` hears what a piece of work threw; the lane goes on. */
export function openLanes(failed: (error: unknown) => void): Lanes {
  const ends = new Map<number, Promise<void>>();
  return {
    run(chatId, work) {
      const end = (ends.get(chatId) ?? Promise.resolve()).then(work).catch(failed);
      ends.set(chatId, end);
      return end.finally(() => {
        if (ends.get(chatId) === end) ends.delete(chatId);
      });
    },
    async idle() {
      while (ends.size > 0) await Promise.all(ends.values());
    },
  };
}
