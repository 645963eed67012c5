/**
 * What the bot is measured against: grammY alone, which answers each message with two letters.
 *
 *     SIMULATOR_URL=… BOT_TOKEN=… node tests/bench/empty-bot.ts
 */
import { Bot } from 'grammy';

const bot = new Bot(process.env['BOT_TOKEN'] ?? '', { client: { apiRoot: process.env['SIMULATOR_URL'] ?? '' } });
bot.on('message', (context) => context.reply('ok'));
process.on('SIGTERM', () => void bot.stop());
await bot.start({ onStart: () => console.log('listening') });
