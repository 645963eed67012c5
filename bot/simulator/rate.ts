/**
 * Telegram's speed limits as token buckets: one for everything a bot sends, one for each chat.
 * They run on real elapsed time, not on the simulator's clock, because a test may hold that still.
 */
import type { RateLimits } from './limits.ts';

type Bucket = { tokens: number; at: number };

/** A bucket is forgotten when there are this many and it has filled up again. */
const REMEMBERED_CHATS = 10_000;

export type RateGate = {
  /** Lets one message to this chat, or group (its id is below zero), through (0) or says after how many whole seconds to try again. */
  take(chatId: number): number;
};

/** `now` is in milliseconds and never goes back. */
export function createRateGate(limits: RateLimits | 'off', now: () => number): RateGate {
  if (limits === 'off') return { take: () => 0 };
  const chats = new Map<number, Bucket>();
  const all: Bucket = { tokens: limits.perSecond, at: now() };

  return {
    take(chatId) {
      const at = now();
      refill(all, limits.perSecond, limits.perSecond, at);
      const { burst, speed } = paceOf(limits, chatId);
      const chat = chats.get(chatId) ?? { tokens: burst, at };
      refill(chat, burst, speed, at);
      chats.set(chatId, chat);
      if (chats.size > REMEMBERED_CHATS) forgetIdle(chats, limits, at);
      const wait = Math.max(secondsUntilOne(all, limits.perSecond), secondsUntilOne(chat, speed));
      if (wait > 0) return wait;
      all.tokens -= 1;
      chat.tokens -= 1;
      return 0;
    },
  };
}

/** A group may be told a minute's worth at once, and then waits. */
const paceOf = ({ burstPerChat, perChatPerSecond, perRoomPerMinute }: RateLimits, chatId: number) =>
  chatId < 0
    ? { burst: perRoomPerMinute, speed: perRoomPerMinute / 60 }
    : { burst: burstPerChat, speed: perChatPerSecond };

function refill(bucket: Bucket, capacity: number, perSecond: number, at: number): void {
  bucket.tokens = Math.min(capacity, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
  bucket.at = at;
}

function secondsUntilOne(bucket: Bucket, perSecond: number): number {
  return bucket.tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
}

function forgetIdle(chats: Map<number, Bucket>, limits: RateLimits, at: number): void {
  for (const [id, bucket] of chats) {
    const { burst, speed } = paceOf(limits, id);
    refill(bucket, burst, speed, at);
    if (bucket.tokens >= burst) chats.delete(id);
  }
}
