/** Which page stands at which address below `/staff`. All of them come with the first load: clerks open them all day. */
import { createRouter, createWebHistory } from 'vue-router';
import { noteNavigation } from '../base/heading.ts';
import ActivitiesPage from './activities/ActivitiesPage.vue';
import ActivityPage from './activities/ActivityPage.vue';
import DoorPage from './activities/DoorPage.vue';
import EditActivityPage from './activities/EditPage.vue';
import GuestSheet from './activities/GuestSheet.vue';
import ActivityLedgerPage from './activities/LedgerPage.vue';
import CalendarPage from './calendar/CalendarPage.vue';
import BudgetPage from './care/BudgetPage.vue';
import CarePage from './care/CarePage.vue';
import FlagsPage from './care/FlagsPage.vue';
import LedgerPage from './care/LedgerPage.vue';
import ListPage from './care/ListPage.vue';
import CareSheetPage from './care/SheetPage.vue';
import CasePage from './case/CasePage.vue';
import ApplyPage from './counter/ApplyPage.vue';
import CounterPage from './counter/CounterPage.vue';
import DeliveryPage from './delivery/DeliveryPage.vue';
import DoorSlips from './delivery/DoorSlips.vue';
import FactorPage from './factor/FactorPage.vue';
import ProvePage from './factor/ProvePage.vue';
import CasesPage from './figures/CasesPage.vue';
import NumbersPage from './figures/NumbersPage.vue';
import FiguresPage from './FiguresPage.vue';
import GroupPage from './groups/GroupPage.vue';
import GroupsPage from './groups/GroupsPage.vue';
import MonthPage from './groups/MonthPage.vue';
import ProposalPage from './groups/ProposalPage.vue';
import ProposalSheet from './groups/ProposalSheet.vue';
import VolunteersPage from './groups/VolunteersPage.vue';
import HelpPage from './HelpPage.vue';
import NotFoundPage from './NotFoundPage.vue';
import NoticePage from './notices/NoticePage.vue';
import NoticesPage from './notices/NoticesPage.vue';
import TellSheet from './notices/TellSheet.vue';
import PendingPage from './pending/PendingPage.vue';
import JoinPage from './people/JoinPage.vue';
import LeavePage from './people/LeavePage.vue';
import AnswersPage from './policy/AnswersPage.vue';
import PolicyPage from './policy/PolicyPage.vue';
import PeoplePage from './people/PeoplePage.vue';
import PrintPage from './PrintPage.vue';
import RetentionPage from './RetentionPage.vue';
import ReasonsPage from './settings/ReasonsPage.vue';
import WordsPage from './settings/WordsPage.vue';
import UnitPage from './settings/UnitPage.vue';
import SheetPage from './SheetPage.vue';
import SlipSheet from './slips/SlipSheet.vue';

export const router = createRouter({
  history: createWebHistory('/staff'),
  routes: [
    { path: '/', name: 'pending', component: PendingPage },
    { path: '/c/:number', name: 'case', component: CasePage, props: true },
    { path: '/counter', name: 'counter', component: CounterPage },
    { path: '/slip', name: 'slip', component: SlipSheet, meta: { bare: true } },
    { path: '/apply/:id', name: 'apply', component: ApplyPage, props: true },
    { path: '/print/:number', name: 'print', component: PrintPage, props: true, meta: { bare: true } },
    { path: '/print/:number/:sheet', name: 'sheet', component: SheetPage, props: true, meta: { bare: true } },
    { path: '/retention', name: 'retention', component: RetentionPage },
    { path: '/calendar', name: 'calendar', component: CalendarPage },
    { path: '/figures', name: 'figures', component: FiguresPage },
    { path: '/numbers/cases', name: 'counted-cases', component: CasesPage },
    { path: '/numbers', name: 'numbers', component: NumbersPage },
    { path: '/care', name: 'care', component: CarePage },
    { path: '/care/budget', name: 'care-budget', component: BudgetPage },
    { path: '/care/ledger', name: 'care-ledger', component: LedgerPage },
    { path: '/care/lists/:id', name: 'care-list', component: ListPage, props: true },
    { path: '/care/lists/:id/sheet', name: 'care-sheet', component: CareSheetPage, props: true, meta: { bare: true } },
    { path: '/care/flags/:id', name: 'care-flags', component: FlagsPage, props: true },
    { path: '/notices', name: 'notices', component: NoticesPage },
    { path: '/notices/:id', name: 'notice', component: NoticePage, props: true },
    { path: '/notices/:id/tell/:unit', name: 'tell', component: TellSheet, props: true, meta: { bare: true } },
    { path: '/policy', name: 'policy', component: PolicyPage },
    { path: '/answers', name: 'answers', component: AnswersPage },
    { path: '/delivery', name: 'delivery', component: DeliveryPage },
    { path: '/delivery/slips', name: 'door-slips', component: DoorSlips, meta: { bare: true } },
    { path: '/groups', name: 'groups', component: GroupsPage },
    { path: '/groups/proposals/:id', name: 'group-proposal', component: ProposalPage, props: true },
    {
      path: '/groups/proposals/:id/sheet',
      name: 'group-proposal-sheet',
      component: ProposalSheet,
      props: true,
      meta: { bare: true },
    },
    { path: '/groups/volunteers', name: 'volunteers', component: VolunteersPage },
    { path: '/groups/:id', name: 'group', component: GroupPage, props: true },
    { path: '/groups/:id/month', name: 'group-month', component: MonthPage, props: true },
    { path: '/activities', name: 'activities', component: ActivitiesPage },
    { path: '/activities/new', name: 'new-activity', component: EditActivityPage },
    { path: '/activities/:id', name: 'activity', component: ActivityPage, props: true },
    { path: '/activities/:id/door', name: 'door', component: DoorPage, props: true, meta: { offline: true } },
    { path: '/activities/:id/edit', name: 'edit-activity', component: EditActivityPage, props: true },
    { path: '/activities/:id/ledger', name: 'activity-ledger', component: ActivityLedgerPage, props: true },
    {
      path: '/activities/:id/people',
      name: 'activity-people',
      component: GuestSheet,
      props: true,
      meta: { bare: true },
    },
    { path: '/help', name: 'help', component: HelpPage },
    { path: '/factor', name: 'factor', component: FactorPage },
    { path: '/people', name: 'people', component: PeoplePage },
    { path: '/settings', name: 'settings-unit', component: UnitPage },
    { path: '/settings/words', name: 'settings-words', component: WordsPage },
    { path: '/settings/reasons', name: 'settings-reasons', component: ReasonsPage },
    { path: '/leave', name: 'leave', component: LeavePage },
    { path: '/join', name: 'join', component: JoinPage, meta: { open: true } },
    { path: '/prove', name: 'prove', component: ProvePage, meta: { open: true } },
    { path: '/:rest(.*)*', name: 'not-found', component: NotFoundPage },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
});

router.afterEach((to, from) => {
  if (from.matched.length > 0 && to.path !== from.path) noteNavigation();
});
