/** What somebody asks of a retiree, as a card in her chat: who it is, what they may do, and two buttons. */
import type { CaseDetails } from '../../api/engine/cases/shapes.ts';
import type { Locale } from '../../locales/index.ts';
import { verbButton } from './cases.ts';
import { lines, message, paragraphs, type Message } from './message.ts';
import { aside } from './navigation.ts';
import type { Tellable } from './telling.ts';

/** The verbs with which a retiree answers. */
const answers: readonly string[] = ['approve', 'reject', 'object'];

/** Whether the reader is asked, and may still say yes or no; of what was reported about them, that it is not so. */
export const isAsked = ({ asked, verbs }: CaseDetails): boolean =>
  asked && verbs.some(({ verb }) => answers.includes(verb));

/** `head` are the words of the notice that it came with. Identity numbers are left out: they stand on the page. */
export function askedCard(locale: Locale, details: CaseDetails, may: Tellable, head: string | null = null): Message {
  const facts = details.answers
    .filter(({ key }) => may.has(key))
    .map(({ question, shown }) => `· ${question}　${shown}`);
  const buttons = details.verbs.filter(({ verb }) => answers.includes(verb)).map((verb) => [verbButton(details, verb)]);
  return message(paragraphs(head ?? details.state, lines(...facts), details.next), ...buttons, aside(locale));
}
