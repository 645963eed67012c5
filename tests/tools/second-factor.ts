/** The authenticator apps of the people in a test: set up through the API, asked for codes, with the recovery codes on paper. */
import { codeAt } from '../../api/access/second-factor/totp.ts';
import type { Clock } from '../../api/dates.ts';
import type { Browser } from './browser.ts';

const STEP_MS = 30_000;

/** One person's app: it never shows a code twice, as the server takes none twice. */
export class Authenticator {
  readonly #clock: Clock;
  readonly #secret: string;
  #paper: string[] = [];
  #lastStep = 0;

  constructor(secret: string, clock: Clock) {
    this.#secret = secret;
    this.#clock = clock;
  }

  /** A code that is good now: of a step near the moment that was not used yet, else one from paper. */
  code(): string {
    const now = Math.floor(this.#clock().getTime() / STEP_MS);
    const step = [now - 1, now, now + 1].find((one) => one > this.#lastStep);
    if (step === undefined) return this.#paper.pop() ?? '';
    this.#lastStep = step;
    return codeAt(this.#secret, new Date(step * STEP_MS));
  }

  keep(codes: string[]): void {
    this.#paper = [...codes];
  }
}

/** Sets the second factor up for whoever is signed in, and gives it in this browser. */
export async function setUpFactor(browser: Browser, clock: Clock): Promise<Authenticator> {
  const begun = await browser.post('/api/second-factor/begin');
  if (begun.status !== 200) throw new Error(`Could not begin: ${JSON.stringify(begun.body)}`);
  const app = new Authenticator(begun.body.secret, clock);
  const confirmed = await browser.post('/api/second-factor/confirm', { code: app.code() });
  if (confirmed.status !== 200) throw new Error(`Could not confirm: ${JSON.stringify(confirmed.body)}`);
  app.keep(confirmed.body.codes);
  return app;
}

/** Gives the second factor where a post waits for it; the first time it is set up. */
export async function passFactor(
  browser: Browser,
  phone: string,
  apps: Map<string, Authenticator>,
  clock: Clock,
): Promise<void> {
  const { secondFactor } = (await browser.get('/api/me')).body;
  if (secondFactor === 'set-up') apps.set(phone, await setUpFactor(browser, clock));
  if (secondFactor !== 'give') return;
  const answer = await browser.post('/api/second-factor/give', { code: apps.get(phone)?.code() ?? '' });
  if (answer.status !== 200) throw new Error(`${phone} could not give the code: ${JSON.stringify(answer.body)}`);
}
