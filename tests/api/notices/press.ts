/** Notices for the tests: written, handed in and approved as staff do it on the page. */
import { expect } from 'vitest';
import type { Browser } from '../../tools/browser.ts';

/** 识字里社区 of 文艺路街道, and the city. */
export const COMMUNITY = '430102001001';
export const STREET = '430102001';
export const CITY = '4301';

export const everyone = { ageFrom: null, ageTo: null, employerKinds: null, flags: null };
export const written = {
  category: 'medical',
  title: '免费体检',
  summary: '65 岁以上的人 12 月可以到社区医院免费体检',
  text: '# 时间\n12月1日到12月20日\n- 带身份证\n- 空腹',
  files: [] as { id: string; name: string }[],
  inForceFrom: null as string | null,
  inForceUntil: null as string | null,
  pinned: false,
  audience: everyone as object,
  change: '',
};

export const versionOf = async (who: Browser, id: string): Promise<number> =>
  (await who.get(`/api/staff/notices/${id}`)).body.version;

/** Uses a verb as somebody who has just looked. */
export async function act(who: Browser, id: string, verb: string, more: object = {}) {
  return who.post(`/api/staff/notices/${id}/${verb}`, { version: await versionOf(who, id), ...more });
}

/** Begins and writes a notice. @returns its id */
export async function write(who: Browser, unit: string, parts: Partial<typeof written> = {}): Promise<string> {
  const { id } = (await who.post('/api/staff/notices', { unit })).body;
  const saved = await who.put(`/api/staff/notices/${id}`, { ...written, ...parts, version: 1 });
  expect(saved).toMatchObject({ status: 200 });
  return id;
}

/** Writes, hands in and has it approved. @returns its id */
export async function publish(by: Browser, second: Browser, unit: string, parts: Partial<typeof written> = {}) {
  const id = await write(by, unit, parts);
  const handedIn = await act(by, id, 'submit');
  expect(handedIn).toMatchObject({ status: 200 });
  const approved = await act(second, id, 'approve');
  expect(approved).toMatchObject({ status: 200 });
  return id;
}

export const titlesOf = async (who: Browser): Promise<string[]> =>
  (await who.get('/api/notices')).body.notices.map((one: { title: string }) => one.title);
