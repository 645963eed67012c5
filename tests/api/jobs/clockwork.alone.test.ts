/** The clockwork: deadlines move with the calendar, one failure stops nothing else, and the night may be done again. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reckonAll } from '../../../api/calendar/follow-changes.ts';
import { sweepTimers } from '../../../api/engine/cases/timers.ts';
import { defineEffect } from '../../../api/engine/effect.ts';
import { form } from '../../../api/engine/form.ts';
import { q } from '../../../api/engine/questions/index.ts';
import { defineService } from '../../../api/engine/service.ts';
import { nightly } from '../../../api/jobs/nightly.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { apply, LIU, newHome, RECEIVING_CLERK } from '../../tools/story.ts';
import { addPlainly } from '../engine/plain-texts.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

let broken = true;
const fragile = defineEffect<null, null>({
  name: 'fragile',
  async apply() {
    if (broken) throw new Error('a part of the world is missing');
    return null;
  },
  async undo() {},
});

/** Waits two working days, then does what its answer says. */
const waiting = defineService({
  kind: 'waiting',
  version: 1,
  basis: ['第五条'],
  subject: 'retiree',
  promise: 5,
  open: { by: ['self'] },
  ask: form.ask('fails', q.yes()),
  steps: {
    wait: {
      by: ['party'],
      at: (c) => c.subject.care,
      after: 2,
      on: { expire: { to: 'approved', do: (c) => (c.answers.fails ? [fragile(null)] : []) } },
    },
  },
});

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  folder = await mkdtemp(join(tmpdir(), 'tuiguan-night-'));
  addPlainly(waiting);
});
afterAll(async () => {
  await stage.stop();
  await rm(folder, { recursive: true });
});

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const failing = (error: unknown) => {
  throw error;
};
const due = async (number: string) => (await (await stage.person(LIU)).get(`/api/cases/${number}`)).body.due;
const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };

describe('deadlines', () => {
  test('move when somebody edits the calendar, timers with them; one given a last day by forward keeps it', async () => {
    const liu = await stage.person(LIU);
    const number = await apply(liu, 'relocation', move);
    const timed = await apply(liu, 'waiting', { fails: false });
    expect([await due(number), await due(timed)]).toEqual(['2026-11-05', '2026-11-04']);
    expect(await reckonAll(stage.ctx)).toBe(0);
    await sql(`insert into calendar_days (day, works, name, year) values ('2026-11-04', false, '停电', 2026)`);
    await expect.poll(() => stage.ctx.city.calendar.isWorkday('2026-11-04' as PlainDate)).toBe(false);
    expect(await reckonAll(stage.ctx)).toBe(3);
    expect([await due(number), await due(timed)]).toEqual(['2026-11-06', '2026-11-05']);

    stage.at('2026-11-06 17:00');
    await use(await stage.person(RECEIVING_CLERK), number, 'forward', { to: '430111001002', words: null });
    expect(await due(number)).toBe('2026-11-09');
    expect(await reckonAll(stage.ctx)).toBe(0);
    expect(await due(number)).toBe('2026-11-09');
    expect(await sweepTimers(stage.ctx, failing)).toBe(1);
    expect(await sweepTimers(stage.ctx, failing)).toBe(0);
    await use(liu, number, 'withdraw');
  });
});

describe('failures', () => {
  test('a timer that cannot fire stands in nobody’s way, and fires once it can', async () => {
    stage.at('2026-11-09 10:00');
    const liu = await stage.person(LIU);
    const numbers = [];
    for (const fails of [true, false, true, false]) numbers.push(await apply(liu, 'waiting', { fails }));
    stage.at('2026-11-16 10:00');
    const reported: unknown[] = [];
    expect(await sweepTimers(stage.ctx, (error) => reported.push(error))).toBe(2);
    expect(reported.map(String)).toEqual(Array(2).fill('Error: a part of the world is missing'));
    const [first = ''] = numbers;
    // Nothing half-done: the case waits where it was, without an event of what failed.
    const seen = (await liu.get(`/api/cases/${first}`)).body;
    expect(seen).toMatchObject({ status: 'open', overdue: true });
    expect(seen.timeline).toHaveLength(1);
    broken = false;
    expect(await sweepTimers(stage.ctx, failing)).toBe(2);
    expect((await liu.get(`/api/cases/${first}`)).body.status).toBe('approved');
  });

  test('two sweeps at once fire each timer once; a case withdrawn before its time is left alone', async () => {
    const liu = await stage.person(LIU);
    const [gone, stays] = [
      await apply(liu, 'waiting', { fails: false }),
      await apply(liu, 'waiting', { fails: false }),
    ];
    await use(liu, gone, 'withdraw');
    stage.at('2026-11-23 10:00');
    const fired = await Promise.all([sweepTimers(stage.ctx, failing), sweepTimers(stage.ctx, failing)]);
    expect(fired[0] + fired[1]).toBe(1);
    const events = (await liu.get(`/api/cases/${stays}`)).body.timeline.map((event: { verb: string }) => event.verb);
    expect(events).toEqual(['open', 'expire']);
    expect((await liu.get(`/api/cases/${gone}`)).body.status).toBe('withdrawn');
  });

  test('a night whose one part fails does all the others, says so, and is tried again', async () => {
    const liu = await stage.person(LIU);
    await liu.post('/api/drafts', { kind: 'call-back' });
    await sql(`insert into done_acts (key, at) values ('old', '2026-11-01'), ('new', now() + interval '30 years')`);
    stage.at('2026-12-30 03:20');
    const blocked = join(folder, 'heads');
    await writeFile(blocked, 'a file where the folder should be');
    await expect(nightly(stage.ctx, blocked, failing)).rejects.toThrow('Parts of the night failed');
    expect(await sql(`select 1 from drafts where submitted_at is null`)).toHaveLength(0);
    expect((await sql(`select key from done_acts`)).map((row) => row['key'])).toEqual(['new']);
    await rm(blocked);
    await nightly(stage.ctx, blocked, failing);
    await nightly(stage.ctx, blocked, failing);
  });
});
