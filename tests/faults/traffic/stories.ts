/** What people do while things break: each story notes what was acknowledged, and only that. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { answersFor } from '../../bench/run/story.ts';
import type { Person, Player } from '../town/cast.ts';
import type { Insistent } from './insist.ts';

/** A submission that somebody was told is in. */
export interface Acknowledged {
  number: string;
  kind: 'relocation' | 'hospital' | 'call-back';
  person: Person;
  clerk: Player;
  /** The picture that was acknowledged with it. */
  fileId: string | null;
  /** Everything was decided, and said to be. */
  finished: boolean;
}

export interface Scene {
  web: Insistent;
  picture: () => Uint8Array;
  today: () => string;
  /** Hears of a submission as soon as its answer has come. */
  acknowledge(what: Acknowledged): unknown;
}

const begun = z.object({ draft: z.object({ id: z.string(), revision: z.int() }) });
const saved = z.object({ id: z.string(), revision: z.int() });
const kept = z.object({ id: z.string() });
const acted = z.object({ number: z.string(), status: z.string(), version: z.int() });
const looked = z.looseObject({ status: z.string(), version: z.int() });
/** Nobody types and taps without a moment between. */
const pause = () => wait(100 + Math.random() * 300);

/** An answer that must be there by now. @throws with what came instead */
function expected<Shape extends z.ZodType>(
  shape: Shape,
  { status, body }: { status: number; body: unknown },
): z.infer<Shape> {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body).slice(0, 400)}`);
  return shape.parse(body);
}

const saying = (answers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value }]));

/** Fills a draft in, with a picture, and submits it. */
async function handIn(
  { web, picture }: Scene,
  token: string,
  draft: { id: string; revision: number },
  answers: Record<string, unknown>,
  photos: string | null,
  version?: number,
) {
  let fileId: string | null = null;
  const given = { ...answers };
  if (photos) {
    const upload = await web.call(token, 'POST', `/api/drafts/${draft.id}/files/${photos}`, picture());
    fileId = expected(kept, upload).id;
    given[photos] = [fileId];
  }
  const put = await web.call(token, 'PUT', `/api/drafts/${draft.id}/answers`, { answers: saying(given) });
  const { revision } = expected(saved, put);
  await pause();
  const submitted = await web.call(token, 'POST', `/api/drafts/${draft.id}/submit`, {
    checked: revision,
    ...(version !== undefined && { version }),
  });
  return { fileId, ...expected(acted, submitted) };
}

async function begin({ web }: Scene, person: Person, kind: string) {
  return expected(begun, await web.call(person.token, 'POST', '/api/drafts', { kind, subjectId: person.retireeId }))
    .draft;
}

/** Decides until the case is past this status, as a clerk who looks again when the answer was lost. */
async function decide({ web }: Scene, clerk: Player, number: string, from: string, answers?: Record<string, unknown>) {
  for (;;) {
    const seen = expected(looked, await web.call(clerk.token, 'GET', `/api/cases/${number}`));
    if (seen.status !== from) return seen;
    await pause();
    const given = { version: seen.version, ...(answers && { answers: saying(answers) }) };
    const answered = await web.call(clerk.token, 'POST', `/api/cases/${number}/approve`, given);
    if (answered.status < 300) return expected(looked, await web.call(clerk.token, 'GET', `/api/cases/${number}`));
    // Somebody was quicker: most likely oneself, whose answer was lost.
    if (answered.status !== 409) expected(acted, answered);
  }
}

/** 搬家: with a photo of the lease; decided, and entered in the office's system. */
export async function move(scene: Scene, person: Person, clerk: Player): Promise<void> {
  const draft = await begin(scene, person, 'relocation');
  const { proof: _, ...answers } = answersFor(clerk.unitId);
  const { number, fileId } = await handIn(scene, person.token, draft, answers, 'proof');
  const told: Acknowledged = { number, kind: 'relocation', person, clerk, fileId, finished: false };
  scene.acknowledge(told);
  await decide(scene, clerk, number, 'open');
  await decide(scene, clerk, number, 'entering');
  person.unitId = clerk.unitId;
  told.finished = true;
}

/** 住院探望: money is reserved when it is granted, and spent when it is handed over, with a photo of the receipt. */
export async function beVisited(scene: Scene, person: Person, clerk: Player): Promise<void> {
  const today = scene.today();
  const ask = { since: today, hospital: '长沙市第一医院', phone: '13800009999', papers: null };
  const draft = await begin(scene, person, 'hospital');
  const { number } = await handIn(scene, person.token, draft, ask, null);
  const told: Acknowledged = { number, kind: 'hospital', person, clerk, fileId: null, finished: false };
  scene.acknowledge(told);
  const granted = { visited: today, grave: true, form: 'money', money: '1' };
  await decideStep(scene, clerk, number, granted);
  const { version } = expected(looked, await scene.web.call(clerk.token, 'GET', `/api/cases/${number}`));
  const drafted = await scene.web.call(clerk.token, 'POST', `/api/cases/${number}/drafts`, { verb: 'approve' });
  const paid = { paidOn: today, receiver: 'self', second: '王芳' };
  const done = await handIn(scene, clerk.token, expected(saved, drafted), paid, 'receipt', version);
  told.fileId = done.fileId;
  told.finished = done.status === 'approved';
}

/** The first of two decisions with the same status: by the version, which is one further once it was taken. */
async function decideStep(
  { web }: Scene,
  clerk: Player,
  number: string,
  answers: Record<string, unknown>,
): Promise<void> {
  const { version } = expected(looked, await web.call(clerk.token, 'GET', `/api/cases/${number}`));
  await pause();
  const answered = await web.call(clerk.token, 'POST', `/api/cases/${number}/approve`, {
    version,
    answers: saying(answers),
  });
  // Refused for its version: the answer to the first try was lost, and it had been taken.
  if (answered.status !== 409) expected(acted, answered);
}
