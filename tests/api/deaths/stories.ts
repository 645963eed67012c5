/** What the stories of a death share: the people, a report, and how the offices answer it. */
import type { Browser } from '../../tools/browser.ts';
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import { cityAgencyId } from '../../../db/seed/divisions.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

export const [liu, chen, wang] = namedRetirees;
/** 识字里社区, in whose care 刘淑兰 is. */
export const HOME = '430102001001';
export const STREET = '430102001';

export const nameOf = (who: typeof liu) => ({ name: who?.name, idNumber: who?.idNumber });

/** Everything that somebody whom nobody knows says of a death. */
export const reportOf = (who: typeof liu, more: Record<string, unknown> = {}) => ({
  who: nameOf(who),
  diedOn: '2026-11-20',
  community: null,
  relation: 'child',
  reporter: '刘小燕',
  phone: '13955550001',
  certificate: null,
  ...more,
});

/** The same by a relative who is linked: whom it is about is known. */
export function linkedReport(who: typeof liu, more: Record<string, unknown> = {}): Record<string, unknown> {
  const { who: _, community: __, ...rest } = reportOf(who, more);
  return rest;
}

export const openStory = (moment: string, parts: 'all' | 'web' = 'web'): Promise<Stage> => openStage(moment, parts);

export const foundTrue = { how: 'phone', note: '打过电话，家人说是', family: true };

/** Approves as the clerk, with what is asked of this case. */
export const approve = (clerk: Browser, number: string, answers: Record<string, unknown> = foundTrue) =>
  use(clerk, number, 'approve', answers);

/** What was published for 2025, by the city's agency. */
export async function enterBase(stage: Stage): Promise<void> {
  const agency = await stage.staff(cityAgencyId, 'clerk');
  const entered = await agency.post('/api/benefits/bases', {
    year: 2025,
    yuan: 52_800,
    source: '湖南省统计局 2026年公报',
  });
  if (entered.status !== 204) throw new Error(JSON.stringify(entered.body));
}

/** Everything in the database that a death or its undoing could touch, apart from what only grows (audit, receipts, messages). */
export async function recordOf(stage: Stage, who: typeof liu): Promise<unknown> {
  const { sql } = stage.house.connection;
  const [retiree] =
    await sql`select id, died_on from retirees where name = ${who?.name ?? ''} and born = ${who?.born ?? ''}`;
  const id = String(retiree?.['id']);
  return {
    died: retiree?.['died_on'],
    care: await sql`select unit_id, since, until from care where retiree_id = ${id} order by since`,
    links:
      await sql`select account_id, relation, scope, revoked_at from links where retiree_id = ${id} and revoked_at is null order by account_id`,
    cases: await sql`select number, kind, status, step, unit_id, due_at from cases
                      where subject_id = ${id} and parent_id is null and kind <> 'death-report' order by number`,
  };
}
