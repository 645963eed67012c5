/** An export as people read it: parts with a heading, each made of entries of a few lines. The file beside it leaves nothing out. */
import type { LookupLine } from '../../api/my-data/lookups.ts';
import { showDate, showDay } from '../base/days.ts';
import { hasText, t } from '../base/texts.ts';
import type { Exported } from './exported.ts';
import { lookedAt } from './words.ts';

export interface ReadablePart {
  title: string;
  entries: ReadableEntry[];
}
interface ReadableEntry {
  heading?: string;
  lines: string[];
}

const line = (...parts: string[]): ReadableEntry => ({ lines: [parts.join('')] });
const since = (key: string, moment: string | null) =>
  moment ? t(`me:readable.${key}`, { moment: showDate(moment) }) : '';

/** The parts that hold anything. */
export function readable(data: Exported): ReadablePart[] {
  return [
    { title: t('me:readable.registered'), entries: data.retirees.map(registered) },
    { title: t('me:readable.history'), entries: [...data.care.map(careLine), ...data.homes.map(homeLine)] },
    { title: t('me:readable.people'), entries: people(data) },
    { title: t('me:readable.cases'), entries: data.cases.map(caseEntry) },
    { title: t('me:readable.forms'), entries: data.forms.map(formLine) },
    { title: t('me:readable.notices'), entries: [...data.notices, ...data.noticesByPhone].map(noticeEntry) },
    { title: t('me:readable.looks'), entries: data.lookups.map(lookEntry) },
    { title: t('me:readable.account'), entries: account(data) },
    { title: t('me:readable.other'), entries: other(data) },
  ].filter(({ entries }) => entries.length > 0);
}

function registered(one: Exported['retirees'][number]): ReadableEntry {
  const facts: [key: string, shown: string | null | undefined][] = [
    ['idNumber', one.idNumber],
    ['phone', one.phone],
    ['born', showDay(one.born)],
    ['ethnicity', one.ethnicity],
    ['retiredOn', one.retiredOn && showDay(one.retiredOn)],
    ['employer', one.employer],
    ['employerKind', one.employerKind && t(`me:employerKinds.${one.employerKind}`)],
    ['insuredAt', one.insuredAt.name],
    ['managedBy', one.managedBy && t(`me:managedBy.${one.managedBy}`)],
  ];
  const lines = facts.flatMap(([key, shown]) =>
    shown ? [t('me:readable.fact', { label: t(`me:facts.${key}`), shown })] : [],
  );
  return { heading: one.name, lines };
}

const until = (day: string | null) => (day ? t('me:readable.until', { until: showDay(day) }) : '');
const careLine = ({ since: from, unit, until: to }: Exported['care'][number]) =>
  line(t('me:readable.careLine', { since: showDay(from), unit: unit?.name ?? '' }), until(to));
const homeLine = ({ since: from, community, shown, until: to }: Exported['homes'][number]) => {
  const home = [community?.name, shown].filter(Boolean).join(' ');
  return line(t('me:readable.homeLine', { since: showDay(from), home }), until(to));
};

function people({ contacts, family }: Exported): ReadableEntry[] {
  const relation = (key: string) => {
    const text = `me:contactRelations.${key}`;
    return hasText(text) ? t(text) : key;
  };
  return [
    ...contacts.map((one) => {
      const words = { name: one.name, relation: relation(one.relation), phone: one.phone ?? '' };
      return line(t(one.phone ? 'me:contact' : 'me:contactNoPhone', words), one.emergency ? t('me:emergency') : '');
    }),
    ...family.map((one) => {
      const scope = t(`me:scopes.${one.scope}`);
      const words = { name: one.name ?? t('me:unnamed'), relation: relation(one.relation), scope };
      return line(t('me:relative', words), one.revokedAt ? t('me:readable.ended') : '');
    }),
  ];
}

function caseEntry(one: Exported['cases'][number]): ReadableEntry {
  const newest = one.answers.at(-1)?.answers ?? [];
  return {
    heading: t('me:readable.caseLine', { title: one.title, number: one.spoken }),
    lines: [
      one.state,
      ...newest.map(({ question, shown }) => t('me:readable.answerLine', { question, shown })),
      ...(one.files.length > 0 ? [t('me:readable.pictures', { count: one.files.length })] : []),
      ...one.timeline.map(({ at, what, who }) =>
        t('me:readable.eventLine', {
          moment: showDate(at),
          what,
          who: who ? t('me:readable.eventWho', { who }) : '',
        }),
      ),
    ],
  };
}

const formLine = ({ title, createdAt, submittedAt }: Exported['forms'][number]) =>
  line(
    t('me:readable.formLine', { title, moment: showDate(createdAt) }),
    t(submittedAt ? 'me:readable.formSent' : 'me:readable.formOpen'),
  );
const noticeEntry = ({ createdAt, text }: Exported['notices'][number]) => ({ lines: [showDate(createdAt), text] });
const lookEntry = (look: LookupLine) => ({ lines: [showDate(look.at), ...lookedAt(look)] });

function account(data: Exported): ReadableEntry[] {
  return [
    ...data.account.map(({ createdAt }) => line(since('accountSince', createdAt))),
    ...data.waysIn.map(({ kind, address, createdAt }) =>
      line(t(`me:devices.way.${kind}`, { shown: kind === 'phone' ? address : '' }), since('waySince', createdAt)),
    ),
    ...data.sessions.map(({ device, createdAt, endedAt }) =>
      line(
        t('me:readable.sessionLine', {
          device: t(`me:devices.kinds.${device ?? 'unknown'}`),
          moment: showDate(createdAt),
        }),
        endedAt ? t('me:readable.sessionEnded') : '',
      ),
    ),
    ...data.consents.map(({ title, givenAt, withdrawnAt }) =>
      line(
        t('me:readable.consentLine', { moment: showDate(givenAt), purpose: title }),
        since('consentBack', withdrawnAt),
      ),
    ),
    ...data.acts.map(({ what, at }) =>
      line(t('me:readable.actLine', { moment: showDate(at), what: t(`me:readable.acts.${what}`) })),
    ),
  ];
}

function other(data: Exported): ReadableEntry[] {
  return [
    ...data.links
      .filter(({ relation }) => relation !== 'self')
      .map((one) =>
        line(
          t('me:readable.linkLine', { name: one.retiree, since: showDate(one.since) }),
          one.revokedAt ? t('me:readable.ended') : '',
        ),
      ),
    ...data.posts.map((one) =>
      line(
        t('me:readable.postLine', { unit: one.unit?.name ?? '', since: showDate(one.since) }),
        one.endedAt ? t('me:readable.ended') : '',
      ),
    ),
    ...data.secondFactor.map(({ createdAt }) => line(since('factorLine', createdAt))),
    ...data.invites.map(({ unit, createdAt }) =>
      line(t('me:readable.inviteLine', { unit: unit?.name ?? '', moment: showDate(createdAt) })),
    ),
    ...data.slips.map(({ createdAt }) => line(since('slipLine', createdAt))),
    ...data.oneTimeLinks.map(({ createdAt }) => line(since('ticketLine', createdAt))),
  ];
}
