/** A kind word on a birthday, once a year, to those who have a chat of their own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { birthDaysOn, greetBirthdays } from '../../../api/care/greet-birthdays.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { LIU } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2027-03-12 09:00', 'web');
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const greetings = () => sql(`select template, params from messages where template like 'birthday%'`);

test('29 February is greeted on the 28th of the years that have none', () => {
  const days: [string, number[]][] = [
    ['2027-02-28', [28, 29]],
    ['2028-02-28', [28]],
    ['2028-02-29', [29]],
    ['2027-03-01', [1]],
  ];
  for (const [day, born] of days) expect(birthDaysOn(day as PlainDate)).toEqual(born);
});

test('刘淑兰 has no chat: no text message is spent on her', async () => {
  await greetBirthdays(stage.ctx);
  expect(await greetings()).toHaveLength(0);
});

test('with a chat she is greeted on the day, by her community, once however often it runs', async () => {
  await stage.openChat(LIU);
  await Promise.all([greetBirthdays(stage.ctx), greetBirthdays(stage.ctx)]);
  await greetBirthdays(stage.ctx);
  expect(await greetings()).toEqual([
    { template: 'birthday', params: expect.objectContaining({ name: '刘淑兰', unit: '~430102001001' }) },
  ]);
  stage.at('2027-03-13 09:00');
  await greetBirthdays(stage.ctx);
  expect(await greetings()).toHaveLength(1);
});

test('nobody greets the dead', async () => {
  await sql(`update retirees set died_on = '2027-12-01' where name = '刘淑兰'`);
  stage.at('2028-03-12 09:00');
  await greetBirthdays(stage.ctx);
  expect(await greetings()).toHaveLength(1);
});
