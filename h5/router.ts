/** The addresses of the people's pages. The home page comes with the first load, the others when they are wanted. */
import { createRouter, createWebHistory } from 'vue-router';
import { noteNavigation } from './base/heading.ts';
import { recall, remember } from './base/memory.ts';
import { addTexts, type TextSource } from './base/texts.ts';
import HomePage from './pages/HomePage.vue';

/** A page with its words, which are fetched together with it. */
async function withTexts<Page>(words: Promise<TextSource>, page: Promise<Page>): Promise<Page> {
  await addTexts(await words);
  return page;
}
const withFamilyTexts = <Page>(page: Promise<Page>) =>
  withTexts(
    import('./family/texts.ts').then(({ familyTexts }) => familyTexts),
    page,
  );
const withNoticeTexts = <Page>(page: Promise<Page>) =>
  withTexts(
    import('./notices/texts.ts').then(({ noticeTexts }) => noticeTexts),
    page,
  );
const withPolicyTexts = <Page>(page: Promise<Page>) =>
  withTexts(
    import('./policy/texts.ts').then(({ policyTexts }) => policyTexts),
    page,
  );
const withActivityTexts = <Page>(page: Promise<Page>) =>
  withTexts(
    import('./activities/texts.ts').then(({ activityTexts }) => activityTexts),
    page,
  );
const withGroupTexts = <Page>(page: Promise<Page>) =>
  withTexts(
    import('./groups/texts.ts').then(({ groupTexts }) => groupTexts),
    page,
  );

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', component: HomePage },
    { path: '/in', component: () => import('./pages/SignInPage.vue') },
    { path: '/bind', component: () => import('./pages/BindPage.vue') },
    { path: '/bind/slip', component: () => import('./pages/SlipPage.vue') },
    { path: '/moved', component: () => import('./pages/MovedPage.vue') },
    { path: '/s/:kind', component: () => import('./pages/GuidePage.vue'), props: true },
    { path: '/d/:draft/check', component: () => import('./drafts/CheckPage.vue'), props: true },
    { path: '/d/:draft/stopped', component: () => import('./drafts/StoppedPage.vue'), props: true },
    { path: '/d/:draft/discard', component: () => import('./drafts/DiscardPage.vue'), props: true },
    { path: '/d/:draft/:question?', component: () => import('./drafts/QuestionPage.vue'), props: true },
    { path: '/c', component: () => import('./cases/CasesPage.vue') },
    { path: '/c/:number(\\d+)', component: () => import('./cases/CasePage.vue'), props: true },
    { path: '/c/:number(\\d+)/sheet/:sheet', component: () => import('./sheets/SheetPage.vue'), props: true },
    { path: '/c/:number(\\d+)/:verb', component: () => import('./cases/VerbPage.vue'), props: true },
    { path: '/family', component: () => withFamilyTexts(import('./family/FamilyPage.vue')) },
    { path: '/family/:link', component: () => withFamilyTexts(import('./family/LinkPage.vue')), props: true },
    { path: '/family/:link/end', component: () => withFamilyTexts(import('./family/EndLinkPage.vue')), props: true },
    { path: '/sent/:number(\\d+)', component: () => import('./pages/SentPage.vue'), props: true },
    { path: '/p/:number(\\d+)', component: () => import('./pages/PublicNoticePage.vue'), props: true },
    { path: '/n', component: () => withNoticeTexts(import('./notices/ListPage.vue')) },
    { path: '/n/:id', component: () => withNoticeTexts(import('./notices/NoticePage.vue')), props: true },
    { path: '/ask', component: () => withPolicyTexts(import('./policy/AskPage.vue')) },
    { path: '/policy', component: () => withPolicyTexts(import('./policy/DocumentsPage.vue')) },
    { path: '/policy/:id', component: () => withPolicyTexts(import('./policy/DocumentPage.vue')), props: true },
    {
      path: '/policy/:document/:label',
      component: () => withPolicyTexts(import('./policy/ArticlePage.vue')),
      props: true,
    },
    { path: '/basis/:label', component: () => withPolicyTexts(import('./policy/ArticlePage.vue')), props: true },
    { path: '/groups', component: () => withGroupTexts(import('./groups/GroupPage.vue')) },
    { path: '/groups/:id', component: () => withGroupTexts(import('./groups/MonthPage.vue')), props: true },
    { path: '/a', component: () => withActivityTexts(import('./activities/ListPage.vue')) },
    { path: '/a/mine', component: () => withActivityTexts(import('./activities/MinePage.vue')) },
    { path: '/a/:id', component: () => withActivityTexts(import('./activities/ActivityPage.vue')), props: true },
    { path: '/messages', component: () => import('./pages/MessagesPage.vue') },
    { path: '/q', component: () => import('./pages/LinkedQuestionPage.vue') },
    { path: '/me', component: () => import('./me/MePage.vue') },
    { path: '/me/devices', component: () => import('./me/DevicesPage.vue') },
    { path: '/me/looks', component: () => import('./me/LooksPage.vue') },
    { path: '/me/consents', component: () => import('./me/ConsentsPage.vue') },
    { path: '/me/export', component: () => import('./me/ExportPage.vue') },
    { path: '/me/delete', component: () => import('./me/DeletePage.vue') },
    { path: '/tg', component: () => import('./me/MiniAppPage.vue') },
    { path: '/help', component: () => import('./pages/HelpPage.vue') },
    { path: '/:elsewhere(.*)*', component: () => import('./pages/NotFoundPage.vue') },
  ],
});

/** A page whose file is gone (the product was renewed meanwhile) is opened afresh, once. */
router.onError((_failure, to) => {
  if (recall('reopened', 'here') === to.fullPath || !navigator.onLine) return;
  remember('reopened', to.fullPath, 'here');
  location.assign(to.fullPath);
});

router.afterEach((to, from) => {
  // The first page is opened by the browser, which announces it itself.
  if (from.matched.length > 0 && to.path !== from.path) noteNavigation();
});
