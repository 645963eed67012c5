/** The main job as one person and one clerk do it over HTTP: a relocation from the first question to the entry in the office's system. */
import type { Caller } from './caller.ts';
import type { Applicant } from './cast.ts';

interface Draft {
  id: string;
  revision: number;
}
interface Acted {
  number: string;
  status: string;
  version: number;
}

/** Does one call; the latency table times it, the lifecycle table does not. */
export type Timed = <T>(kind: 'read' | 'write', call: Promise<T>) => Promise<T>;

/** What somebody answers who moved to this community, question by question. */
export function answersFor(communityId: string): Record<string, unknown> {
  return {
    to: 'city',
    home: { communityId, estate: '东方新城', building: '3栋', unit: '2单元', room: '101室' },
    since: '2026-10-01',
    reason: 'withChildren',
    proof: null,
    handOver: true,
  };
}

/** Begins and answers the application. `oneByOne`: an answer a call, as pages and chat do it. */
export async function fillIn(
  person: Caller,
  { retireeId }: Applicant,
  communityId: string,
  oneByOne: boolean,
  timed: Timed,
): Promise<Draft> {
  const given = { kind: 'relocation', subjectId: retireeId };
  const begun = await timed('write', person.call<{ draft?: Draft }>('POST', '/api/drafts', given));
  if (!begun.draft) throw new Error(`${retireeId} has a relocation under way: ${JSON.stringify(begun)}`);
  let { draft } = begun;
  const answers = Object.entries(answersFor(communityId)).map(([key, value]) => ({ [key]: { value } }));
  for (const part of oneByOne ? answers : [Object.assign({}, ...answers)])
    draft = await timed('write', person.call<Draft>('PUT', `/api/drafts/${draft.id}/answers`, { answers: part }));
  return draft;
}

export function submit(person: Caller, draft: Draft, timed: Timed): Promise<Acted> {
  return timed('write', person.call<Acted>('POST', `/api/drafts/${draft.id}/submit`, { checked: draft.revision }));
}

/** 同意, or 已录入 at the office entry. */
export function approve(clerk: Caller, { number, version }: Acted, timed: Timed): Promise<Acted> {
  return timed('write', clerk.call<Acted>('POST', `/api/cases/${number}/approve`, { version }));
}

export const untimed: Timed = (_, call) => call;
