/** Text messages through a provider that takes them as `{to, text}` over HTTP. */
import type { Sms } from '../ports.ts';

const PATIENCE_MS = 5000;

export function smsWebhook(url: string, token?: string): Sms {
  return {
    async send(to, text) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ to, text }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!answer.ok) throw new Error(`The SMS provider answered ${answer.status}.`);
    },
  };
}
