/** Which page stands at which address below `/staff`. All of them come with the first load: clerks open them all day. */
import { createRouter, createWebHistory } from 'vue-router';
import { noteNavigation } from '../base/heading.ts';
import CasePage from './case/CasePage.vue';
import ApplyPage from './counter/ApplyPage.vue';
import CounterPage from './counter/CounterPage.vue';
import FactorPage from './factor/FactorPage.vue';
import ProvePage from './factor/ProvePage.vue';
import FiguresPage from './FiguresPage.vue';
import HelpPage from './HelpPage.vue';
import NotFoundPage from './NotFoundPage.vue';
import PendingPage from './pending/PendingPage.vue';
import JoinPage from './people/JoinPage.vue';
import PeoplePage from './people/PeoplePage.vue';
import PrintPage from './PrintPage.vue';
import SheetPage from './SheetPage.vue';

export const router = createRouter({
  history: createWebHistory('/staff'),
  routes: [
    { path: '/', name: 'pending', component: PendingPage },
    { path: '/c/:number', name: 'case', component: CasePage, props: true },
    { path: '/counter', name: 'counter', component: CounterPage },
    { path: '/apply/:id', name: 'apply', component: ApplyPage, props: true },
    { path: '/print/:number', name: 'print', component: PrintPage, props: true, meta: { bare: true } },
    { path: '/print/:number/:sheet', name: 'sheet', component: SheetPage, props: true, meta: { bare: true } },
    { path: '/figures', name: 'figures', component: FiguresPage },
    { path: '/help', name: 'help', component: HelpPage },
    { path: '/factor', name: 'factor', component: FactorPage },
    { path: '/people', name: 'people', component: PeoplePage },
    { path: '/join', name: 'join', component: JoinPage, meta: { open: true } },
    { path: '/prove', name: 'prove', component: ProvePage, meta: { open: true } },
    { path: '/:rest(.*)*', name: 'not-found', component: NotFoundPage },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
});

router.afterEach((to, from) => {
  if (from.matched.length > 0 && to.path !== from.path) noteNavigation();
});
