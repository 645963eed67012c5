/** The simulator's page: people to choose from, their phones side by side, and the SMS inbox. */
import { Inbox } from './inbox.ts';
import { People } from './people.ts';
import { Phone } from './phone.ts';
import { Room } from './room.ts';
import { listen, shown } from './server.ts';
import { language, loadTexts, say } from './texts.ts';
import { createApp, h } from './vue.js';

const otherLanguage = language === 'en' ? 'zh-CN' : 'en';

await loadTexts();
listen();
createApp({
  render: () => [
    h('header', { class: 'top' }, [
      h('div', [h('h1', say('title')), h('p', say('intro'))]),
      h('a', { href: `?lang=${otherLanguage}`, hreflang: otherLanguage, lang: otherLanguage }, say('language')),
    ]),
    h(People),
    h(
      'p',
      { class: ['offline', { seen: !shown.connected }], role: 'status' },
      shown.connected ? '' : say('reconnecting'),
    ),
    h('main', { class: 'desk' }, [
      ...shown.open.flatMap((id) => {
        const phone = shown.phones.get(id);
        return phone ? [h(Phone, { key: id, phone })] : [];
      }),
      ...[...shown.rooms.values()].map((room) => h(Room, { key: `room ${room.id}`, room })),
      shown.open.length === 0 && h('div', { class: 'none' }, [h('h2', say('none.title')), h('p', say('none.hint'))]),
      h(Inbox),
    ]),
  ],
}).mount('#page');
