/** Updates a second that the bot takes and answers: people who write one command after the other. */
import type { Applicant } from './cast.ts';
import { drive } from './drive.ts';
import { figure, type Table } from './table.ts';
import type { World } from './world.ts';

const PEOPLE = 40;
const commands = ['/start', '/services', '/cases', '/human'];
/** A slow bot is measured, not given up on. */
const PATIENCE_MS = 30_000;

/** What 40 people get answered a second by whatever bot is listening. */
export function updatesASecond({ simulator }: World, people: readonly Applicant[], seconds: number): Promise<number> {
  const phones = people.slice(0, PEOPLE).map(({ chatId, name }) => simulator.phone({ id: chatId, firstName: name }));
  const ask = async (user: number, turn: number): Promise<void> => {
    phones[user]?.send(commands[turn % commands.length] ?? '');
    await phones[user]?.answer('', PATIENCE_MS);
  };
  return drive(phones.length, seconds, ask);
}

export function updatesTable(whole: number, empty: number): Table {
  return {
    title: '4. Bot updates through the whole stack, over an empty grammY bot on the same simulator',
    figures: [
      figure('whole stack / empty bot', whole / empty, ''),
      figure('whole stack', whole, 'updates/s'),
      figure('empty bot', empty, 'updates/s'),
    ],
    notes: [`${PEOPLE} chats at once, each writing ${commands.join(', ')} in turn and waiting for the answer.`],
  };
}
