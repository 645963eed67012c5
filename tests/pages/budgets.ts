/** What the pages may cost at most (`h5-standard.md`, Speed; design of issue 8, Cost of use). Whoever breaks one fails `npm run test:pages`. */

/** Lighthouse for phones: 150 ms round trip, 1.6 Mbps, the processor slowed down; medians of `runs`. */
export const lighthouse = {
  runs: 5,
  at4: { lcpMs: 1500, tbtMs: 100, cls: 0.02 },
  at10: { lcpMs: 2500 },
} as const;

/** From a tap to the next picture on the screen, at 10 × CPU. */
export const slowestTapMs = 200;

/** The first visit, as served. */
export const firstLoad = {
  jsBytes: 70 * 1024,
  cssBytes: 10 * 1024,
  allBytes: 100 * 1024,
  requests: 8,
  fonts: 0,
} as const;

/** Of a tap that answers a question. */
export const roundTripsToNextQuestion = 1;

/** What a job may cost a person who is known and has told nothing else: taps and typed characters. */
export const costs: Readonly<Record<string, { taps: number; typed: number }>> = {
  'move house, page': { taps: 14, typed: 20 },
  'move house, chat': { taps: 14, typed: 20 },
  'report a death, page': { taps: 14, typed: 40 },
  'report a death, chat': { taps: 14, typed: 45 },
  'sign up for an activity, page': { taps: 3, typed: 0 },
  'sign up for an activity, chat': { taps: 1, typed: 2 },
  'ask a question, page': { taps: 3, typed: 10 },
  'ask a question, chat': { taps: 0, typed: 10 },
  'decide a case, page': { taps: 2, typed: 0 },
  'decide a case, chat': { taps: 1, typed: 0 },
};
