/**
 * Faults on order: a test says which method shall fail, how often and how, and the next calls do.
 */
import { BotApiError, tooManyRequests } from './errors.ts';

export type Fault = {
  /** Bot API method, any case; without it, any method but `getUpdates`. */
  method?: string;
  /** How many calls fail. */
  times: number;
  /** 'timeout': no answer until the bot gives up. 'drop': the connection is cut. */
  with: 429 | 500 | 'timeout' | 'drop';
  /** Seconds, for 429; 1 if not given. */
  retryAfter?: number;
  /** The method takes effect and only its answer is lost ('timeout' and 'drop'). */
  afterEffect?: boolean;
};

export type FaultList = {
  add(fault: Fault): void;
  /** The fault this call meets, counted down; undefined if it meets none. */
  next(method: string): Fault | undefined;
  clear(): void;
};

export function createFaultList(): FaultList {
  let faults: Fault[] = [];
  return {
    add: (fault) => void faults.push({ ...fault }),
    next(method) {
      const wanted = method.toLowerCase();
      const hit = faults.find((fault) =>
        fault.method === undefined ? wanted !== 'getupdates' : fault.method.toLowerCase() === wanted,
      );
      if (!hit) return undefined;
      hit.times -= 1;
      faults = faults.filter((fault) => fault.times > 0);
      return hit;
    },
    clear: () => void (faults = []),
  };
}

/** The answer of a call that fails with a status; undefined where the connection itself fails. */
export function faultAnswer(fault: Fault): BotApiError | undefined {
  if (fault.with === 429) return tooManyRequests(fault.retryAfter ?? 1);
  if (fault.with === 500) return new BotApiError(500, 'Internal Server Error');
  return undefined;
}
