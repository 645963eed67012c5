/**
 * Who gets how far by a button or command of the chat: every tap of `bot/dialog/taps.ts` and every command, as anybody could send it
 * from a chat of their own. The data of a button are no secret: whoever is forwarded a card, or makes the data up, must get exactly
 * as far as they would without.
 */
import { verbNames, type Verb } from '../../../api/engine/verbs.ts';
import { mark } from '../../../bot/dialog/mark.ts';
import { tap, type TapName } from '../../../bot/dialog/taps.ts';
import type { Role } from './matrix-cast.ts';

/** What buttons name: her case, her draft with its open question and a place to be signed in to. */
export interface ChatStory {
  number: string;
  draft: string;
  question: string;
  ticket: string;
  retiree: string;
}

export interface Aim {
  /** Which of her things the tap would reach. */
  at: 'number' | 'draft' | 'ticket' | 'retiree';
  /** Those who reach it; nobody else does, whatever they send. */
  may: readonly Role[];
}
interface TapAim extends Aim {
  data: (story: ChatStory) => string;
}

/** An id that nothing has. */
const NOBODYS = '019a0000-0000-7000-8000-000000000000';

const owner = ['self'] as const;
const family = ['self', 'relative', 'looker'] as const;
const seers = [...family, 'clerk', 'above'] as const;
const offices = ['clerk', 'otherClerk', 'above', 'aboveCare', 'nextAboveCare', 'elsewhere'] as const;
const nobody = [] as const;

const go = (to: string, aim: Aim): TapAim => ({ ...aim, data: () => tap('go', { to }) });
const hers = (data: TapAim['data']): TapAim => ({ at: 'draft', may: owner, data });

/** Where `go` and the commands of the same names lead. */
const places = {
  menu: { at: 'number', may: nobody },
  services: { at: 'draft', may: owner },
  cases: { at: 'number', may: family },
  drafts: { at: 'draft', may: owner },
  human: { at: 'number', may: nobody },
  help: { at: 'number', may: nobody },
  languages: { at: 'number', may: nobody },
  page: { at: 'number', may: nobody },
  back: { at: 'draft', may: owner },
  cancel: { at: 'draft', may: owner },
  family: { at: 'number', may: nobody },
  notices: { at: 'number', may: nobody },
  group: { at: 'number', may: nobody },
  activities: { at: 'number', may: nobody },
  me: { at: 'number', may: nobody },
  devices: { at: 'number', may: nobody },
  bind: { at: 'number', may: nobody },
  pending: { at: 'number', may: ['clerk'] },
} as const satisfies Record<string, Aim>;

/** Every tap; a name that is missing here does not compile. */
export const taps: Record<TapName, TapAim[]> = {
  go: Object.entries(places).map(([to, aim]) => go(to, aim)),
  language: [{ at: 'number', may: nobody, data: () => tap('language', { locale: 'zh-CN' }) }],
  guide: [{ at: 'retiree', may: nobody, data: () => tap('guide', { service: mark('relocation') }) }],
  begin: [
    {
      at: 'retiree',
      may: ['self', 'relative'],
      data: ({ retiree }) => tap('begin', { service: mark('call-back'), person: retiree }),
    },
  ],
  resume: [hers(({ draft }) => tap('resume', { draft }))],
  answer: [
    hers(({ draft, question }) => tap('answer', { draft, question, change: false, value: '2100-01-01' })),
    hers(({ draft, question }) => tap('answer', { draft, question, change: true, value: 'known' })),
  ],
  tick: [hers(({ draft, question }) => tap('tick', { draft, question, change: false, chosen: 1 }))],
  change: [hers(({ draft }) => tap('change', { draft, question: mark('home') }))],
  photosDone: [hers(({ draft }) => tap('photosDone', { draft }))],
  submit: [
    hers(({ draft }) => tap('submit', { draft, revision: 999, version: 0, verb: '' })),
    hers(({ draft }) => tap('submit', { draft, revision: 999, version: 1, verb: 'approve' })),
  ],
  case: [{ at: 'number', may: seers, data: ({ number }) => tap('case', { number }) }],
  // Whoever is no staff of it is shown the case as by its own button.
  background: [{ at: 'number', may: seers, data: ({ number }) => tap('background', { number }) }],
  cases: [{ at: 'number', may: family, data: () => tap('cases', { before: Date.parse('2100-01-01') }) }],
  pending: (
    [
      ['unit', ['clerk']],
      ['mine', nobody],
      ['nobodys', ['clerk']],
      ['overdue', nobody],
      ['below', ['clerk', 'above']],
      ['everything', ['clerk']], // no such view: one's own unit
    ] as const
  ).flatMap(([view, may]) =>
    ([false, true] as const).flatMap((takes) =>
      ['', mark('relocation')].map((kind): TapAim => {
        return { at: 'number', may, data: () => tap('pending', { view, kind, takes, due: 0, id: null }) };
      }),
    ),
  ),
  pendingKinds: [{ at: 'number', may: nobody, data: () => tap('pendingKinds', { view: 'unit' }) }],
  // Afterwards the list is shown: of what is nobody's, of what is one's own, of one's unit when the verb is none of a list.
  takeInList: [
    { at: 'number', may: ['clerk'], data: () => takeInList('100000024', 'claim') },
    { at: 'number', may: nobody, data: ({ number }) => takeInList(number, 'hand-back') },
    { at: 'number', may: ['clerk'], data: ({ number }) => takeInList(number, 'approve') },
  ],
  // The case is read first; who works there is told to those who work there alone, and nothing is assigned to somebody else.
  colleagues: [{ at: 'number', may: seers, data: ({ number }) => tap('colleagues', { number, from: 0 }) }],
  assign: [{ at: 'number', may: seers, data: ({ number }) => tap('assign', { number, version: 1, to: NOBODYS }) }],
  // Looking at the case that the button belongs to; what the verb itself does to whom is `verbs`.
  verb: verbNames.map((verb) => ({ at: 'number', may: seers, data: ({ number }) => verbTap(number, verb, false) })),
  // Every office may ask about the number that it sends, and learns nothing of a case elsewhere. The case is of another version than
  // the second button says, so that nothing changes.
  together: [
    { at: 'number', may: offices, data: ({ number }) => tap('together', { cases: [{ number, version: 1 }] }) },
  ],
  decide: [{ at: 'number', may: offices, data: ({ number }) => tap('decide', { cases: [{ number, version: 255 }] }) }],
  notices: [{ at: 'number', may: nobody, data: () => tap('notices', { from: 0 }) }],
  notice: [{ at: 'number', may: nobody, data: () => tap('notice', { notice: NOBODYS }) }],
  activities: [{ at: 'number', may: nobody, data: () => tap('activities', { from: 0 }) }],
  activity: [{ at: 'number', may: nobody, data: () => tap('activity', { activity: NOBODYS }) }],
  // For her, in an activity that nobody holds: whoever may sign her up learns so, and nothing changes.
  signUp: [
    { at: 'retiree', may: nobody, data: ({ retiree }) => tap('signUp', { activity: NOBODYS, person: retiree }) },
  ],
  giveUp: [{ at: 'number', may: nobody, data: () => tap('giveUp', { signUp: NOBODYS }) }],
  wish: [{ at: 'number', may: nobody, data: () => tap('wish', { signUp: NOBODYS, what: 'slow', yes: true }) }],
  rating: [{ at: 'number', may: nobody, data: () => tap('rating', { signUp: NOBODYS, stars: 5 }) }],
  seat: [{ at: 'number', may: nobody, data: () => tap('seat', { signUp: NOBODYS }) }],
  endSession: [{ at: 'number', may: nobody, data: () => tap('endSession', { session: NOBODYS }) }],
  join: [{ at: 'number', may: nobody, data: () => tap('join', { token: 'made-up' }) }],
  unlink: [{ at: 'number', may: nobody, data: () => tap('unlink', { link: NOBODYS, sure: true }) }],
  signIn: [{ at: 'ticket', may: owner, data: ({ ticket }) => tap('signIn', { ticket, yes: true }) }],
};

const takeInList = (number: string, verb: string): string => tap('takeInList', { number, version: 1, verb, kind: '' });

export const verbTap = (number: string, verb: string, sure: boolean): string =>
  tap('verb', { number, version: 1, verb, sure });

/** Whose tap on a verb of the open case is taken for more than an old button. */
export const verbs: Record<Verb, readonly Role[]> = {
  approve: ['clerk'],
  return: ['clerk'],
  reject: ['clerk'],
  forward: ['clerk'],
  object: nobody,
  expire: nobody,
  claim: ['clerk'],
  assign: ['clerk'],
  'hand-back': nobody,
  add: nobody,
  withdraw: ['self', 'relative'],
  resubmit: nobody,
  remind: ['self', 'relative'],
  rate: nobody,
  undo: nobody,
};

/** Every command, with what may follow it. */
export const commands: Record<string, (Aim & { payload?: (story: ChatStory) => string })[]> = {
  ...Object.fromEntries(Object.entries(places).map(([name, aim]) => [name, [aim]])),
  language: [places.languages],
  start: [
    { at: 'number', may: nobody },
    { at: 'number', may: seers, payload: ({ number }) => `c-${number}` },
    { at: 'draft', may: owner, payload: ({ draft }) => `d-${draft}` },
    { at: 'number', may: nobody, payload: () => 's-relocation' },
    { at: 'number', may: nobody, payload: () => 'c-100000024' },
  ],
};
