/** Hands markup that was copied to the server, which gives back its words. */
import type { Cleaned } from '../../../api/notices/clean.ts';
import { Offline, Problem } from '../../base/api.ts';

/** @throws Problem, Offline */
export async function cleanPaste(html: string): Promise<Cleaned> {
  const answer = await fetch('/api/staff/notices/paste', {
    method: 'POST',
    body: html,
    headers: { 'Content-Type': 'text/html' },
  }).catch(() => {
    throw new Offline();
  });
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (!answer.ok) throw new Problem(answer.status, body);
  return body as unknown as Cleaned;
}
