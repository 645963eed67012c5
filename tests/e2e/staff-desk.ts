/** A desk in an office: a real browser with the staff pages open, on the whole product. */
import AxeBuilder from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { chromium, type Locator, type Page } from 'playwright-core';
import { demoData } from '../../db/seed/demo/index.ts';
import type { Browser } from '../tools/browser.ts';
import { findChromium } from '../tools/chromium.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, newHome, OLD_CLERK } from '../tools/story.ts';

export interface Offices {
  house: HouseUnderTest;
  /** Somebody signed in over the API; the same session for the same phone. */
  signIn(phone: string): Promise<Browser>;
  /** A desk where the person with this phone is signed in; nobody without one. */
  desk(phone?: string, size?: { width: number; height: number }): Promise<Desk>;
  /** Opens a relocation to 梓园社区 at the counter of 识字里社区, for whoever the words find first, but for 刘淑兰. */
  relocate(words: string): Promise<{ number: string; name: string }>;
  stop(): Promise<void>;
}

export const wide = { width: 1280, height: 800 };
export const narrow = { width: 360, height: 800 };

/** The lead of 梓园社区: a colleague of the receiving clerk. */
export const receivingLead = (): { name: string; phone: string } => {
  const found = demoData().staff.find(({ unitId, role }) => unitId === newHome.communityId && role === 'lead');
  if (!found) throw new Error('The demo has no lead in 梓园社区.');
  return found;
};

/** Opens the product, or desks in a `house` that somebody else opened and stops. */
export async function openOffices(opened?: HouseUnderTest): Promise<Offices> {
  if (!existsSync(new URL('../../dist/h5/staff.html', import.meta.url)))
    throw new Error('The pages are not built: run `npm run build` first.');
  const house = opened ?? (await openTestHouse());
  const sessions = new Map<string, Promise<Browser>>();
  const moved = new Set<string>();
  /** Signs in once a phone: codes are few. */
  const signIn = (phone: string) => {
    const session = sessions.get(phone) ?? house.signIn(phone);
    sessions.set(phone, session);
    return session;
  };
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] });
  return {
    house,
    signIn,
    async desk(phone, size = wide) {
      const context = await browser.newContext({ viewport: size, locale: 'zh-CN', baseURL: house.url });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const session = phone ? (await signIn(phone)).cookie('session') : undefined;
      if (session) await context.addCookies([{ name: 'session', value: session, url: house.url }]);
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      return new Desk(house, page);
    },
    async relocate(words) {
      const clerk = await signIn(OLD_CLERK);
      const found: { id: string; name: string }[] = (await clerk.post('/api/retirees/search', { words })).body;
      // A surname read in two ways is found under both letters: nobody moves twice. 刘淑兰 stays: her stories are told beside these.
      const person = found.find(({ id, name }) => name !== '刘淑兰' && !moved.has(id));
      if (!person) throw new Error(`Nobody is left whom ${words} finds.`);
      moved.add(person.id);
      const answers = { to: 'city', home: newHome, since: '2026-11-01', reason: 'other', proof: null, handOver: true };
      return { number: await apply(clerk, 'relocation', answers, person.id), name: person.name };
    },
    async stop() {
      await browser.close();
      if (!opened) await house.stop();
    },
  };
}

export class Desk {
  readonly page: Page;
  /** What the pages' own policy refused, and errors nobody caught. */
  readonly complaints: string[] = [];
  readonly #house: HouseUnderTest;

  constructor(house: HouseUnderTest, page: Page) {
    this.#house = house;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.complaints.push(message.text());
    });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }

  async press(name: string | RegExp): Promise<void> {
    await this.button(name).first().click();
  }

  /** Waits for words somewhere on the page; what is folded away is not seen. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
  }

  async opens(path: string, heading: string | RegExp): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /** Signs in on the page itself. */
  async signIn(phone: string): Promise<void> {
    await this.enterPhone(phone);
    await this.page.getByRole('heading', { level: 1, name: '待办' }).waitFor();
  }

  /** The same as far as the code from the SMS: what comes then is the page's to say. */
  async enterPhone(phone: string, where: '/staff' | 'here' = '/staff'): Promise<void> {
    if (where !== 'here') await this.page.goto(where);
    await this.page.getByLabel('手机号').fill(phone);
    await this.press('发验证码');
    const code = this.page.getByLabel('短信里的 6 位验证码');
    await code.waitFor();
    const sms = await this.#house.simulator.sms.waitFor(phone, (text) => text.includes('验证码'));
    await code.fill(/\d{6}/.exec(sms.text)?.[0] ?? '');
    await code.press('Enter');
  }

  focused = (): Promise<string> => this.page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

  /** Tabs on until the control with these words has the focus. */
  async tabTo(words: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      if ((await this.focused()) === words) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach “${words}”.`);
  }

  /** What axe finds: WCAG A and AA, of 2.0 to 2.2. */
  async flaws(): Promise<string[]> {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await new AxeBuilder({ page: this.page }).setLegacyMode().withTags(tags).analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
  }

  /** Controls lower or narrower than 44 px, and sideways scroll. */
  async misfits(): Promise<string[]> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')];
      const small = controls.flatMap((control) => {
        const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
        const isHidden = width <= 2 || control.matches('.skip');
        return isHidden || (width >= 43.5 && height >= 43.5)
          ? []
          : [`${width} × ${height}: ${control.outerHTML.slice(0, 100)}`];
      });
      return scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px too wide`, ...small] : small;
    });
  }

  close = (): Promise<void> => this.page.context().close();
}
