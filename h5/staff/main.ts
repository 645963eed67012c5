// The pages for staff: what a clerk opens every morning. Words, looks, who is signed in, and the pages.
import { createApp } from 'vue';
import App from './App.vue';
import '../base/tokens.css';
import '../base/page.css';
import '../base/controls.css';
import '../base/parts.css';
import '../questions/questions.css';
import './styles/sizes.css';
import './styles/frame.css';
import './styles/pending.css';
import './styles/together.css';
import './styles/door-slips.css';
import './styles/case.css';
import './styles/case-parts.css';
import './styles/forms.css';
import './styles/print.css';
import './styles/posts.css';
import './styles/slip.css';
import './styles/care.css';
import './styles/notices.css';
import './styles/groups.css';
import './styles/figures.css';
import './styles/settings.css';
import { startTexts } from '../base/texts.ts';
import { calendarTexts } from './calendar/texts.ts';
import { router } from './router.ts';
import { loadMe } from './session.ts';
import { settingTexts } from './settings/texts.ts';
import { groupTexts } from '../groups/texts.ts';
import { noticeTexts } from '../notices/texts.ts';
import { policyTexts } from '../policy/texts.ts';
import { activityTexts } from '../activities/texts.ts';
import { careTexts, figuresTexts, postsTexts, staffActivityTexts, staffTexts } from './texts.ts';

void loadMe();
await startTexts(
  staffTexts,
  postsTexts,
  careTexts,
  noticeTexts,
  policyTexts,
  groupTexts,
  activityTexts,
  staffActivityTexts,
  figuresTexts,
  calendarTexts,
  settingTexts,
);
createApp(App).use(router).mount('#app');
