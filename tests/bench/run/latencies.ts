/** How long 40 people at once wait: retirees who apply page by page and clerks who decide, without a pause between two calls. */
import { Caller } from './caller.ts';
import type { Cast } from './cast.ts';
import { drive, percentile } from './drive.ts';
import { approve, fillIn, submit, type Timed } from './story.ts';
import { figure, type Figure, type Table } from './table.ts';

const USERS = 40;
/** A process just started compiles and prepares what one that has run for a minute has ready. */
const WARM_UP_SECONDS = 3;
const targets = { read: [50, 150, 300], write: [100, 300, 500] } as const;
const shares = [0.5, 0.95, 0.99] as const;

export async function measureLatencies(cast: Cast, url: string, seconds: number): Promise<Table> {
  const connections = Array.from({ length: USERS }, () => new Caller(url));
  const times = { read: [] as number[], write: [] as number[] };
  const timed: Timed = async (kind, call) => {
    const began = performance.now();
    const answer = await call;
    times[kind].push(performance.now() - began);
    return answer;
  };
  let next = 0;
  const story = async (user: number): Promise<void> => {
    const connection = connections[user];
    const person = cast.applicants[next++ % cast.applicants.length];
    const clerk = cast.clerks[next % cast.clerks.length];
    if (!connection || !person || !clerk || person.unitId === clerk.unitId) return;
    const applicant = connection.as(person.token);
    const staff = connection.as(clerk.token);
    const look = (who: Caller, path: string) => timed('read', who.call('GET', path));

    await look(applicant, '/api/me');
    await look(applicant, '/api/services/relocation');
    await look(applicant, `/api/units/search?words=sz&level=community`);
    const draft = await fillIn(applicant, person, clerk.unitId, true, timed);
    await look(applicant, `/api/drafts/${draft.id}`);
    const opened = await submit(applicant, draft, timed);
    await look(applicant, `/api/cases/${opened.number}`);
    await look(staff, '/api/pending');
    await look(staff, `/api/cases/${opened.number}`);
    await timed('read', staff.call('POST', '/api/retirees/search', { words: person.name }));
    const entering = await approve(staff, opened, timed);
    await look(staff, `/api/cases/${opened.number}`);
    await approve(staff, entering, timed);
    await look(staff, '/api/pending?view=nobodys');
    await look(applicant, '/api/messages');
    await look(applicant, '/api/cases');
    person.unitId = clerk.unitId;
  };
  await drive(USERS, WARM_UP_SECONDS, story);
  times.read.length = 0;
  times.write.length = 0;
  const rate = await drive(USERS, seconds, story);
  await Promise.all(connections.map((connection) => connection.close()));
  return {
    title: '2. Latency at 40 users at once',
    figures: [...rows('read', times.read), ...rows('write', times.write)],
    notes: [
      `${times.read.length} reads and ${times.write.length} writes; ${rate.toFixed(1)} whole stories a second; nobody pauses to think.`,
    ],
  };
}

function rows(kind: 'read' | 'write', times: number[]): Figure[] {
  const sorted = times.toSorted((a, b) => a - b);
  return shares.map((share, at) =>
    figure(`${kind}s p${share * 100}`, percentile(sorted, share), 'ms', { atMost: targets[kind][at] ?? 0 }),
  );
}
