/** Moving inside the pages as a link does, and what the router itself knows. */
import type { Page } from 'playwright-core';

/** What is used of the router of the built pages, where Vue keeps it. */
interface Mounted extends Element {
  __vue_app__: {
    config: {
      globalProperties: {
        $router: {
          push(path: string): Promise<void>;
          resolve(path: string): { matched: { path: string }[] };
          getRoutes(): { path: string }[];
        };
      };
    };
  };
}

/** Goes to an address without loading the pages anew. */
export const goWithin = (page: Page, address: string): Promise<void> =>
  page.evaluate((path) => {
    const app = document.querySelector('#app') as Mounted | null;
    return app?.__vue_app__.config.globalProperties.$router.push(path);
  }, address);

/** Every address that the router has, as it is written there. */
export const patternsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const app = document.querySelector('#app') as Mounted | null;
    return app?.__vue_app__.config.globalProperties.$router.getRoutes().map(({ path }) => path) ?? [];
  });

/** The one of them that an address belongs to. */
export const patternOf = (page: Page, address: string): Promise<string> =>
  page.evaluate((path) => {
    const app = document.querySelector('#app') as Mounted | null;
    return app?.__vue_app__.config.globalProperties.$router.resolve(path).matched.at(-1)?.path ?? '';
  }, address);

/** The page stands and waits for nothing. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('.loading').waitFor({ state: 'detached' });
}

/** What has the focus: its tag with its class. */
export const focusOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const here = document.activeElement;
    if (!here) return '';
    return here.tagName === 'H1' || here.className === '' ? here.tagName : `${here.tagName}.${here.className}`;
  });
