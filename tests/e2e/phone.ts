/** A phone in somebody's hand: a real browser, 360 × 800, on the whole product. Counts taps and typed characters. */
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';

export interface Pages {
  house: HouseUnderTest;
  /** A phone that nobody is signed in on. */
  phone(options?: { width?: number }): Promise<Phone>;
  stop(): Promise<void>;
}

/** Opens the product (unless it is open already) and a browser. Stop both in `afterAll`. */
export async function openPages(open?: HouseUnderTest): Promise<Pages> {
  const house = open ?? (await openTestHouse());
  const executablePath = process.env['CHROME_PATH'];
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
  return {
    house,
    phone: async ({ width = 360 } = {}) => newPhone(house, browser, width),
    async stop() {
      await browser.close();
      await house.stop();
    },
  };
}

async function newPhone(house: HouseUnderTest, browser: Browser, width: number): Promise<Phone> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: 'zh-CN',
    hasTouch: true,
    isMobile: true,
    baseURL: house.url,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return new Phone(house, context, page);
}

export class Phone {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page's own policy refused, and errors nobody caught. */
  readonly complaints: string[] = [];
  taps = 0;
  typed = 0;
  readonly #house: HouseUnderTest;

  constructor(house: HouseUnderTest, context: BrowserContext, page: Page) {
    this.#house = house;
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.complaints.push(message.text());
    });
  }

  async tap(what: Locator): Promise<void> {
    this.taps += 1;
    await what.tap();
  }

  /** Taps a button, link or choice by its words. */
  async press(words: string | RegExp): Promise<void> {
    await this.tap(this.control(words));
  }

  control(words: string | RegExp): Locator {
    const exact = typeof words === 'string' ? { name: words, exact: true } : { name: words };
    return this.page.getByRole('button', exact).or(this.page.getByRole('link', exact)).first();
  }

  /** Taps into a field and types. */
  async write(label: string, words: string): Promise<void> {
    const field = this.page.getByLabel(label, { exact: true });
    if (!(await field.evaluate((element) => element === document.activeElement))) await this.tap(field);
    this.typed += words.length;
    await field.pressSequentially(words);
  }

  heading(words: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name: words });
  }

  /** Waits for the page with this heading. */
  async sees(words: string | RegExp): Promise<void> {
    await this.heading(words).waitFor();
  }

  async signIn(number: string): Promise<this> {
    await this.page.goto('/in');
    await this.page.getByLabel('您的手机号').fill(number);
    await this.press('发验证码');
    // The code is asked for once it was sent: an earlier one may lie in the inbox.
    const code = this.page.getByLabel('验证码');
    await code.waitFor();
    const sms = await this.#house.simulator.sms.waitFor(number);
    await code.fill(/\d{6}/.exec(sms.text)?.[0] ?? '');
    await this.press('登录');
    await this.sees('您要办什么事？');
    this.taps = 0;
    this.typed = 0;
    return this;
  }

  /** A voice that has spoken a sentence when the test says so (`voiceEnds`); it is there from the next page on. */
  async getVoice(): Promise<void> {
    await this.page.addInitScript(() => {
      const said: SpeechSynthesisUtterance[] = [];
      Object.assign(globalThis, { said });
      Object.defineProperty(globalThis, 'speechSynthesis', {
        value: { speak: (words: SpeechSynthesisUtterance) => said.push(words), cancel: () => undefined },
      });
    });
  }

  /** The sentence that is being read is at its end. */
  async voiceEnds(): Promise<void> {
    await this.page.evaluate(() => {
      const { said } = globalThis as unknown as { said: SpeechSynthesisUtterance[] };
      said.at(-1)?.dispatchEvent(new Event('end'));
    });
  }

  /** What axe finds on the page as it is now, the AAA contrast rule included. */
  async flaws(): Promise<string[]> {
    const found = await new AxeBuilder({ page: this.page })
      // Without frames nothing is to be put together on a page of its own, which takes longer than the looking.
      .setLegacyMode()
      .options({ rules: { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } } })
      .analyze();
    return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
  }

  /** Controls lower or narrower than 48 px: a trembling finger misses them. */
  async smallTargets(): Promise<string[]> {
    return this.page.evaluate(() => {
      const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')];
      return controls.flatMap((control) => {
        const target = control.closest('label') ?? control;
        const { width, height } = target.getBoundingClientRect();
        const hidden = width <= 2 || control.matches('.skip');
        return hidden || (width >= 47.5 && height >= 47.5)
          ? []
          : [`${Math.round(width)} × ${Math.round(height)}: ${target.outerHTML.slice(0, 100)}`];
      });
    });
  }

  /** By how many pixels the page is wider than the phone. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  close = () => this.context.close();
}
