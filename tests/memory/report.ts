/**
 * Loaded before a program (`node --import`): tells by message how much it holds once the garbage is gone, and at its end how much it
 * ever had (`peak … MB`, on standard error).
 */
import { memoryUsage, resourceUsage } from 'node:process';

/** What a process holds, in megabytes. */
export interface Held {
  heap: number;
  outside: number;
  resident: number;
  peak: number;
}

const MB = 1024 * 1024;
const round = (bytes: number) => Math.round((bytes / MB) * 10) / 10;

process.on('message', (message: { ask?: true }) => {
  if (!message.ask) return;
  // Twice: what is freed in the first turn may hold what is freed in the second.
  for (let turn = 0; turn < 2; turn += 1) globalThis.gc?.();
  const { heapUsed, external, rss } = memoryUsage();
  const held: Held = {
    heap: round(heapUsed),
    outside: round(external),
    resident: round(rss),
    peak: round(resourceUsage().maxRSS * 1024),
  };
  process.send?.(held);
});
// Being asked keeps nobody running, and whoever started it leaves nothing behind.
process.channel?.unref();
process.on('disconnect', () => process.exit(1));
process.on('exit', () => {
  if (!process.channel) process.stderr.write(`peak ${round(resourceUsage().maxRSS * 1024)} MB\n`);
});
