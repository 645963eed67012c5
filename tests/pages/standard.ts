/**
 * Every numbered row of the standard for pages and chat, each with the checks that hold it: a file and the title of a test in it.
 * `standard.test.ts` fails when a row has none, or names one that is not there; `npm run test:pages` prints who passed.
 */

export interface Check {
  file: string;
  /** As it stands in the file. */
  test: string;
}

export interface Row {
  /** `P1` … of the pages, `S` of the staff, `V1` … of the speed, `C1` … of the chat, `A` of axe. */
  row: string;
  says: string;
  checks: readonly Check[];
}

const check =
  (file: string) =>
  (test: string): Check => ({ file, test });
const everyPage = check('tests/e2e/every-page.test.ts');
const move = check('tests/e2e/move.test.ts');
const filled = check('tests/pages/filled.test.ts');
const states = check('tests/pages/states.test.ts');
const wrong = check('tests/pages/wrong.test.ts');
const ways = check('tests/pages/ways.test.ts');
const staff = check('tests/pages/staff.test.ts');
const offline = check('tests/pages/offline.test.ts');
const speed = check('tests/pages/speed.test.ts');
const story = check('tests/bot/story.test.ts');
const badInput = check('tests/bot/bad-input.test.ts');
const limits = check('tests/bot/simulator/limits.test.ts');
const telegram = check('tests/bot/telegram/bot.test.ts');
const desk = check('tests/e2e/staff-for-everyone.test.ts');

const whole = [
  filled('is whole in every size, for the keyboard and for a screen reader'),
  states('is whole for a %s'),
  states('is whole while it waits for the server'),
  states('is whole without a network, and shows what was read'),
  wrong('is said on top and at the field, and whoever types on is left alone'),
];

export const standard: readonly Row[] = [
  {
    row: 'P1',
    says: 'body text 20 px at least, up to 30; three sizes, remembered',
    checks: [everyPage('the text grows to 30 px at least, and stays so'), ...whole],
  },
  { row: 'P2', says: 'lines 1.5 high, 40 汉字 at most, never justified', checks: whole },
  {
    row: 'P3',
    says: 'contrast 7 : 1, controls and focus 3 : 1',
    checks: [...whole, ways('edges of controls and the ring of the focus stand out 3 : 1 from what is around them')],
  },
  {
    row: 'P4',
    says: 'colour is never the only sign',
    checks: [ways('colour is never the only sign: what is chosen has a mark, links in text are underlined')],
  },
  { row: 'P5', says: 'main controls 60 × 60, others 48 × 48, gaps 8', checks: whole },
  {
    row: 'P6',
    says: 'no gesture but a tap and a scroll',
    checks: [ways('a tap and a scroll are enough: no source listens for a drag, a swipe or a long press')],
  },
  {
    row: 'P7',
    says: 'no time limit; drafts live 30 days',
    checks: [ways('a form begun is there for thirty days at least')],
  },
  {
    row: 'P8',
    says: 'no pop-up, no ad, no third party',
    checks: [
      ways('nothing pops up, and nobody but this house is asked for anything'),
      everyPage('nothing is refused by the policy of the pages, and nothing goes wrong unseen'),
    ],
  },
  {
    row: 'P9',
    says: '长辈版 by default, and the switch on the home page',
    checks: [
      ways('the large version is what opens, and its name and the way to the other stand on the home page'),
      everyPage('the standard version and another language stay chosen'),
    ],
  },
  {
    row: 'P10',
    says: 'no picture puzzle; codes are filled in',
    checks: [ways('no picture has to be read, and a code can be filled in by the phone')],
  },
  { row: 'P11', says: 'a screen reader can do it; focus on the new heading', checks: whole },
  {
    row: 'P12',
    says: 'read aloud from a button',
    checks: [
      ways('policy, guides, notices and the state of a case are read aloud from a button'),
      check('tests/e2e/policy.test.ts')(
        'an article is heard sentence by sentence, leads to the service, and is there without a network',
      ),
    ],
  },
  {
    row: 'P13',
    says: 'nothing clipped or lost in any size; zoom allowed',
    checks: [...whole, ways('the page may be zoomed')],
  },
  {
    row: 'P14',
    says: 'nothing is asked twice',
    checks: [
      check('tests/e2e/bereavement.test.ts')('she adds what is missing, is asked nothing twice, and signs for all'),
    ],
  },
  {
    row: 'P15',
    says: 'shown for checking, withdrawn until decided, confirmed with its number',
    checks: [move('a retiree moves house in 14 taps and 20 characters at most, and the receiving community has it')],
  },
  {
    row: 'P16',
    says: 'one question a page; 不知道 where it may be true',
    checks: [ways('one question a page: a way back, one heading, one main button at most')],
  },
  {
    row: 'P17',
    says: 'errors on top and at the field, what was typed is kept',
    checks: [
      wrong('is said on top and at the field, and whoever types on is left alone'),
      move('wrong input keeps what was typed, and the summary takes focus and leads to the field'),
    ],
  },
  {
    row: 'P18',
    says: 'check your answers, 修改 and back; the confirmation says what is next',
    checks: [
      move('a retiree moves house in 14 taps and 20 characters at most, and the receiving community has it'),
      check('tests/e2e/bereavement.test.ts')('she adds what is missing, is asked nothing twice, and signs for all'),
    ],
  },
  {
    row: 'P19',
    says: 'the way to a human in the same place',
    checks: [
      ways('the way to a human stands in the same place on every page'),
      everyPage('holds what every page holds'),
    ],
  },
  {
    row: 'P20',
    says: 'plain words, sentences of 25 汉字',
    checks: [ways('sentences are short: 25 汉字, but for one in a hundred, and none above 35')],
  },
  {
    row: 'P21',
    says: 'bereavement is spoken of gently',
    checks: [
      check('tests/locales/bereavement.test.ts')('the services of a death are spoken gently'),
      check('tests/e2e/bereavement.test.ts')(
        'two taps from home, and without signing in: few questions, gently asked, and a number at the end',
      ),
    ],
  },
  { row: 'A', says: 'axe finds nothing in any state, AAA contrast on', checks: whole },
  {
    row: 'S1',
    says: 'staff: contrast 4.5 : 1, controls 44 × 44, in every state',
    checks: [staff('is whole with work on it'), staff('is whole while it waits, and when nothing comes')],
  },
  {
    row: 'S2',
    says: 'staff: the keyboard alone does everything',
    checks: [
      staff('is whole with work on it'),
      desk('the keyboard alone finds a case, decides it and comes back to its line'),
    ],
  },
  {
    row: 'S3',
    says: 'staff: tables become cards under 600',
    checks: [staff('tables are cards on a phone')],
  },
  {
    row: 'V1',
    says: 'home, first visit, 4 × CPU: LCP, TBT, CLS',
    checks: [speed('the home page at 4 × CPU keeps its budget')],
  },
  {
    row: 'V2',
    says: '10 × CPU: LCP, and INP of every tap',
    checks: [
      speed('the home page at 10 × CPU keeps its budget'),
      speed('every tap of a move answers in time at 10 × CPU'),
    ],
  },
  {
    row: 'V3',
    says: 'first load as served: bytes, requests, no web font',
    checks: [
      speed('the first load is as small as it may be'),
      everyPage(
        'the home page holds it for those who are not signed in, too, and costs no more than a first visit may',
      ),
    ],
  },
  { row: 'V4', says: 'next question: one round trip', checks: [speed('the next question takes one round trip')] },
  {
    row: 'V5',
    says: 'second visit works without a network',
    checks: [
      states('is whole without a network, and shows what was read'),
      everyPage('what was read can be read again without a network'),
      offline('an answer is sent when the network returns, once, while another page is open'),
      offline('an application is handed in when the network returns, once, and leads to its case'),
      offline('what the server refuses stays, with the reason, until it is sent again or given up'),
    ],
  },
  {
    row: 'C1',
    says: 'one question a message; by button or by words',
    checks: [
      check('tests/bot/dialog/ask.test.ts')('each choice is a button that gives its value'),
      story('「第一个」 answers a choice; the address is asked on a page only'),
    ],
  },
  {
    row: 'C2',
    says: '返回, 取消 and 找人 at every point',
    checks: [
      story('返回 asks the question before again; 「不改」 keeps its answer'),
      badInput('取消 leaves the draft saved; it goes on where it was'),
      badInput('找人 gives the phone and the way back'),
    ],
  },
  {
    row: 'C3',
    says: 'Telegram’s limits; commands for zh and everybody',
    checks: [
      limits('a text is 1 to 4096 UTF-16 units'),
      limits('callback data is at most 64 bytes, which is 21 汉字'),
      telegram('commands are registered for Chinese and for everybody, 100 at most'),
    ],
  },
  {
    row: 'C4',
    says: 'a wrong webhook secret is refused unread; answers in a second',
    checks: [
      check('tests/bot/staff.test.ts')(
        'an update delivered again to another process takes effect once; a wrong secret is refused unread',
      ),
    ],
  },
  {
    row: 'C5',
    says: 'retry_after is honoured; a broadcast resumes',
    checks: [telegram('retry_after is honoured, and a cut connection is tried again')],
  },
  {
    row: 'C6',
    says: 'a shared number counts only when it is the sender’s',
    checks: [
      check('tests/attacks/forwarded-card.test.ts')(
        'somebody else’s contact, forwarded or typed, makes nobody of the thief',
      ),
    ],
  },
  {
    row: 'C7',
    says: 'Mini App data: HMAC, not old',
    checks: [
      check('tests/api/access/mini-app.test.ts')('changed anywhere is refused, and reading never throws'),
      check('tests/api/access/mini-app.test.ts')('a forged or old one is refused with words, and reaches nobody'),
    ],
  },
  {
    row: 'C8',
    says: 'nothing personal in any message',
    checks: [
      story('no message ever held an address, a phone number or an identity number'),
      check('tests/e2e/at-rest.test.ts')('nor in any message that left, in chat or as the text of an SMS'),
    ],
  },
];

/** The rows that there must be: the numbers of `h5-standard.md`. */
export const expectedRows: readonly string[] = [
  ...Array.from({ length: 21 }, (_, at) => `P${at + 1}`),
  'A',
  'S1',
  'S2',
  'S3',
  ...Array.from({ length: 5 }, (_, at) => `V${at + 1}`),
  ...Array.from({ length: 8 }, (_, at) => `C${at + 1}`),
];
