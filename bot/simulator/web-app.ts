/**
 * The address under which Telegram opens a Mini App: the bot's own, with who opened it signed in the
 * fragment (core.telegram.org/bots/webapps, "Validating data received via the Mini App").
 */
import { createHmac } from 'node:crypto';
import type { Person, World } from './state.ts';

export function webAppAddress(world: World, person: Person, address: string): string {
  const { id, first_name, language_code } = person.user;
  const fields = new Map([
    ['auth_date', String(world.now())],
    ['query_id', crypto.randomUUID()],
    ['user', JSON.stringify({ id, first_name, language_code })],
  ]);
  const checked = [...fields].map(([name, value]) => `${name}=${value}`).join('\n');
  const key = createHmac('sha256', 'WebAppData').update(world.token).digest();
  fields.set('hash', createHmac('sha256', key).update(checked).digest('hex'));

  const fragment = new URLSearchParams({
    tgWebAppData: new URLSearchParams([...fields]).toString(),
    tgWebAppVersion: '8.0',
    tgWebAppPlatform: 'web',
  });
  return `${address}${address.includes('#') ? '&' : '#'}${fragment.toString()}`;
}
