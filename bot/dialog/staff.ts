/** A case in chat, for staff: a card with the answers, what the registry holds, and the verbs as buttons. */
import type { CaseDetails } from '../../api/engine/cases/shapes.ts';
import { say, type Locale } from '../../locales/index.ts';
import { backgroundButton } from './background.ts';
import { verbButton } from './cases.ts';
import { sayDay } from './days.ts';
import { headingOf } from './heading.ts';
import { lines, message, paired, paragraphs, type Button, type Message } from './message.ts';
import { navigation } from './navigation.ts';
import { tap } from './taps.ts';
import { quoted, told, type Tellable } from './telling.ts';

/** Fields for the office's own system that may stand in a chat; the others are copied from the page. */
const copiedInChat: readonly string[] = ['name', 'community', 'since'];
const staffVerbs: readonly string[] = [
  'approve',
  'return',
  'reject',
  'forward',
  'claim',
  'hand-back',
  'assign',
  'undo',
];

/** Whether this person sees the case as staff: only staff are shown what the registry holds. */
export const isForStaff = ({ asked, before, verbs }: CaseDetails): boolean =>
  !asked && (before.length > 0 || verbs.some(({ verb, own }) => !own && staffVerbs.includes(verb)));

/** A case as staff decide it. `head` replaces its first lines (the notice that came with it); `page` is where it stands in full. */
export function staffCard(
  locale: Locale,
  details: CaseDetails,
  may: Tellable,
  page: string,
  head: string | null = null,
): Message {
  const { spoken, state, due, overdue, claimedBy, applicant, files, staffSide } = details;
  const remarks = staffSide?.remarks.length ?? 0;
  const first = lines(
    headingOf(locale, details),
    say(locale, 'chat:cases.number', { number: spoken }),
    state,
    due && say(locale, overdue ? 'chat:card.late' : 'chat:card.due', { day: sayDay(locale, due) }),
  );
  const who = lines(
    applicant && say(locale, 'chat:card.applicant', { name: applicant }),
    claimedBy && claimedWords(locale, claimedBy),
  );
  const facts = lines(
    ...held(details),
    ...answers(locale, details, may),
    files.length > 0 && say(locale, 'chat:card.files', { count: files.length }),
    remarks > 0 && say(locale, 'chat:card.remarks', { count: remarks }),
  );
  const text = paragraphs(head ?? first, details.todo, who, facts, lines(...entry(locale, details)));
  return message(
    text,
    ...cardButtons(locale, details),
    staffSide ? [backgroundButton(locale, details)] : [],
    [{ text: say(locale, 'chat:card.page'), url: page }],
    navigation(locale, tap('go', { to: 'pending' })),
  );
}

/** Deciding comes first and alone in its row; then the rest. */
function cardButtons(locale: Locale, details: CaseDetails): Button[][] {
  const { verbs } = details;
  const approve = verbs.filter(({ verb }) => verb === 'approve').map((verb) => verbButton(details, verb));
  const others = verbs.filter(({ verb }) => verb !== 'approve').map((verb) => verbButton(details, verb));
  const copies = details.copy
    .filter(({ key }) => copiedInChat.includes(key))
    .map(({ label, value }) => ({ text: say(locale, 'chat:card.copy', { label }), copy: value.slice(0, 256) }));
  return [...paired(copies), approve, ...paired(others)];
}

/** What the registry holds now and may be said: in whose care, and whether a newcomer is there already. The rest is on the page. */
const heldInChat: readonly string[] = ['care', 'registered'];
const held = ({ before }: CaseDetails): string[] =>
  before.filter(({ key }) => heldInChat.includes(key)).map(({ question, shown }) => `· ${question}　${shown}`);

/** What was answered; what may be said stands beside what the registry holds otherwise. */
const answers = (locale: Locale, { answers: given, before }: CaseDetails, may: Tellable): string[] =>
  given.flatMap(({ key, question, shown }) => {
    const known = may.has(key) ? before.find((one) => one.key === key) : undefined;
    const line = `· ${question}　${told(locale, may, key, shown)}`;
    if (!known || known.shown === shown) return [line];
    return [line, `　${say(locale, 'chat:known.held', { shown: quoted(locale, known.shown) })}`];
  });

/** The fields of the office's own system, one a line. */
function entry(locale: Locale, { copy }: CaseDetails): string[] {
  if (copy.length === 0) return [];
  const rows = copy.map(
    ({ key, label, value }) => `${label}：${copiedInChat.includes(key) ? value : say(locale, 'chat:onPage.hidden')}`,
  );
  return [say(locale, 'chat:card.entry'), ...rows];
}

function claimedWords(locale: Locale, { name, me, deputy }: NonNullable<CaseDetails['claimedBy']>): string {
  if (me) return say(locale, 'chat:card.mine');
  if (deputy) return say(locale, 'chat:card.claimedAway', { name: name ?? '', deputy });
  return say(locale, 'chat:card.claimed', { name: name ?? '' });
}
