/** Money for the tests of care payments: budgets entered by the leads of the demo, and people of the registry. */
import sharp from 'sharp';
import { expect } from 'vitest';
import type { HouseUnderTest } from '../../tools/house-under-test.ts';
import type { Browser } from '../../tools/browser.ts';
import { saying } from '../engine/stage.ts';

/** 识字里社区 and 文艺路街道; 梓园社区 of another street. */
export const COMMUNITY = '430102001001';
export const STREET = '430102001';
export const OTHER_COMMUNITY = '430111001001';

/** Enters a budget of 2026, in yuan by kind. */
export async function budget(lead: Browser, unit: string, yuan: Record<string, number>): Promise<void> {
  for (const [kind, sum] of Object.entries(yuan)) {
    const entered = await lead.post('/api/care/budgets', {
      unit,
      year: 2026,
      kind,
      fen: sum * 100,
      approval: '长财〔2026〕1号',
    });
    expect(entered.status, `refused: ${JSON.stringify(entered.body)}`).toBe(204);
  }
}

export interface Sums {
  total: number;
  reserved: number;
  spent: number;
}

/** A budget line, in yuan. */
export async function lineOf({ connection }: HouseUnderTest, unit: string, kind: string): Promise<Sums> {
  const [row] = await connection.sql<{ total: number; reserved: number; spent: number }[]>`
    select total_fen / 100.0 as total, reserved_fen / 100.0 as reserved, spent_fen / 100.0 as spent
      from budget_lines where unit_id = ${unit} and kind = ${kind} and year = 2026`;
  return { total: Number(row?.total), reserved: Number(row?.reserved), spent: Number(row?.spent) };
}

/** Pays with photos, as a clerk does on the page. */
export async function pay(payer: Browser, number: string, answers: Record<string, unknown>, photos = ['receipt']) {
  const draft = (await payer.post(`/api/cases/${number}/drafts`, { verb: 'approve' })).body;
  const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer();
  const files: Record<string, unknown> = {};
  for (const key of photos) {
    const { id } = (await payer.call('POST', `/api/drafts/${draft.id}/files/${key}`, picture)).body;
    files[key] = [id];
  }
  const given = saying({ ...answers, ...files });
  const saved = await payer.put(`/api/drafts/${draft.id}/answers`, { answers: given });
  if (saved.status !== 200) return saved;
  return payer.post(`/api/drafts/${draft.id}/submit`, { checked: saved.body.revision, version: draft.case.version });
}
