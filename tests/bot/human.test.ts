/** 找人 knows public holidays: the chat and the pages are told by the same calendar. */
import { expect, test } from 'vitest';
import { openTestHouse } from '../tools/house-under-test.ts';
import { LIU } from '../tools/story.ts';
import { join } from './people.ts';

test.each([
  ['2026-10-01T10:00:00+08:00', /现在没人接，2026年10月8日 \d+:\d\d 开始有人接/],
  ['2026-10-10T10:00:00+08:00', /现在有人接，到 \d+:\d\d 下班/],
  ['2026-10-11T10:00:00+08:00', /现在没人接，明天 \d+:\d\d 开始有人接/],
])('at %s', async (now, says) => {
  const house = await openTestHouse({ clock: () => new Date(now) });
  const liu = await join(house, '刘淑兰', LIU);
  liu.send('找人');
  expect((await liu.answer('12333')).text).toMatch(says);
  const { help } = (await house.visit().get('/api/me')).body;
  expect(help.opening.open).toBe(says.source.includes('有人接，到'));
  await house.stop();
});
