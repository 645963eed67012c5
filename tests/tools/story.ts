/** The people of the demo, and the moves that every story makes. */
import type { Browser } from './browser.ts';

/** 刘淑兰, retiree in 识字里社区, and 周敏, her daughter. */
export const LIU = '13800000001';
export const DAUGHTER = '13800000002';
/** Clerk of 识字里社区, and of 梓园社区, where people move to. */
export const OLD_CLERK = '13800000011';
export const RECEIVING_CLERK = '13800000012';

/** A home in 梓园社区. */
export const newHome = {
  communityId: '430111001001',
  estate: '东方新城',
  building: '3栋',
  unit: '2单元',
  room: '101室',
};

/** Begins an application, answers everything at once, submits it as checked. @returns the case's number */
export async function apply(
  person: Browser,
  kind: string,
  answers: Record<string, unknown>,
  subjectId?: string,
): Promise<string> {
  const given = Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value }]));
  const started = await person.post('/api/drafts', { kind, answers: given, ...(subjectId && { subjectId }) });
  if (!started.body.draft) throw new Error(`Could not begin ${kind}: ${JSON.stringify(started.body)}`);
  const { id, revision } = started.body.draft;
  const submitted = await person.post(`/api/drafts/${id}/submit`, { checked: revision });
  if (submitted.status !== 200) throw new Error(`Could not submit ${kind}: ${JSON.stringify(submitted.body)}`);
  return submitted.body.number;
}
