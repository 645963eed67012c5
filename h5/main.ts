// The pages for retirees and relatives: puts words, looks, pages and the offline keeper together.
import { createApp } from 'vue';
import App from './App.vue';
import './base/tokens.css';
import './base/page.css';
import './base/controls.css';
import './base/parts.css';
import './questions/questions.css';
import './frame/frame.css';
import './pages/pages.css';
import './pages/print.css';
import { sendWithEveryCall } from './base/api.ts';
import { applyLooks } from './base/looks.ts';
import { startTexts } from './base/texts.ts';
import { startOutbox } from './drafts/outbox.ts';
import { startKeeping } from './offline/register.ts';
import { KEEP_HEADER } from './offline/what-is-kept.ts';
import { loadWho } from './people/who.ts';
import { router } from './router.ts';

applyLooks();
sendWithEveryCall(KEEP_HEADER, '1');
const words = startTexts();
void loadWho();
await words;
createApp(App).use(router).mount('#app');
startKeeping();
startOutbox();
