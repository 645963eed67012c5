/** Check-your-answers: everything before it is submitted, a 修改 for each, and the button that submits. */
import type { DraftView } from '../../api/engine/drafts/view.ts';
import { say, type Locale } from '../../locales/index.ts';
import { headingOf } from './heading.ts';
import { lines, message, paragraphs, stacked, type Message } from './message.ts';
import { mark } from './mark.ts';
import { navigation } from './navigation.ts';
import { tap } from './taps.ts';
import { told, type Tellable } from './telling.ts';

/** Where in the form a question is. */
export const stepLine = (locale: Locale, draft: DraftView): string =>
  say(locale, 'chat:draft.step', { heading: headingOf(locale, draft), number: draft.answers.length + 1 });

export interface Check {
  locale: Locale;
  /** What may be said aloud. */
  may: Tellable;
  /** The words of the verb that a decision carries out; an application is simply submitted. */
  verbLabel: string | null;
  /** Stands above: a complaint, or what is still missing. */
  before?: string;
}

/** @see Check */
export function checkList(draft: DraftView, { locale, may, verbLabel, before }: Check): Message {
  const rows = draft.answers.map(
    ({ key, label, shown }, at) => `${at + 1}. ${label}\n　　${told(locale, may, key, shown)}`,
  );
  const submit = {
    text: verbLabel ? say(locale, 'chat:check.decide', { verb: verbLabel }) : say(locale, 'chat:check.submit'),
    data: tap('submit', {
      draft: draft.id,
      revision: draft.revision,
      version: draft.case?.version ?? 0,
      verb: draft.verb ?? '',
    }),
  };
  const changes = draft.answers.map(({ key, label }) => ({
    text: say(locale, 'chat:check.change', { label }),
    data: tap('change', { draft: draft.id, question: mark(key) }),
  }));
  const text = paragraphs(
    before,
    say(locale, 'chat:check.title', { heading: headingOf(locale, draft) }),
    lines(...rows),
    say(locale, 'chat:check.how', { submit: submit.text }),
  );
  return message(text, [submit], ...stacked(changes), navigation(locale));
}
