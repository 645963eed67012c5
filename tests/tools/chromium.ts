// Finds a Chromium for the page tests, or fetches one: what is installed, else Playwright's own, else the system's
// package manager. Silent when there is one; says what it does while it fetches. `npm run chromium` prints the path.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { run } from './run.ts';

const ADVICE = 'No Chromium found and none could be fetched: install Chromium or Chrome, or name one in CHROME_PATH.';
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const MINUTE = 60_000;

/** The path of a Chromium that starts. Fetches one if need be; throws an error of one line when it cannot. */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named && !(await starts(named))) throw new Error(`CHROME_PATH names ${named}, which is no Chromium that starts.`);
  const path = named ?? (await installed()) ?? (await fromPlaywright()) ?? (await fromSystem());
  if (!path) throw new Error(ADVICE);
  await ensureChineseFont();
  return path;
}

async function installed(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))),
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
      const root = process.env[name];
      return root ? [join(root, 'Google', 'Chrome', 'Application', 'chrome.exe')] : [];
    }),
    playwright.executablePath(),
  ];
  for (const path of candidates) if (await starts(path)) return path;
  return undefined;
}

/** A file is not enough: Ubuntu's `chromium-browser` is a script that asks for snap, and libraries may be missing. */
async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  // Chrome for Windows opens a window instead of printing its version.
  if (process.platform === 'win32') return true;
  const { ok, output } = await run(path, ['--version'], { limit: MINUTE / 2 });
  return ok && /\d+\.\d+\.\d+/.test(output);
}

async function fromPlaywright(): Promise<string | undefined> {
  say("no Chromium is installed: fetching Playwright's own …");
  const { ok } = await run('playwright-core', ['install', 'chromium'], { limit: 5 * MINUTE, silence: MINUTE / 4 });
  return ok && (await starts(playwright.executablePath())) ? playwright.executablePath() : undefined;
}

async function fromSystem(): Promise<string | undefined> {
  if (!mayInstall()) return undefined;
  say("that did not work: installing the system's chromium and a Chinese font …");
  await aptInstall('chromium', 'fonts-noto-cjk');
  return await installed();
}

/** Chinese without a font is a row of boxes: the tests pass, but a screenshot shows nothing. Worth a try, no more. */
async function ensureChineseFont(): Promise<void> {
  if (process.platform !== 'linux') return;
  const fonts = await run('fc-list', [':lang=zh'], { limit: MINUTE / 2 });
  if (fonts.ok && fonts.output.trim() !== '') return;
  if (mayInstall()) {
    say('no Chinese font is installed: installing one …');
    if (await aptInstall('fontconfig', 'fonts-noto-cjk')) return;
  }
  say('no Chinese font: pages will show boxes for characters.');
}

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

async function aptInstall(...packages: string[]): Promise<boolean> {
  const options = { limit: 10 * MINUTE, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update'], options);
  const { ok, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  if (!ok) say(`apt-get: ${output.trim().split('\n').at(-1)}`);
  return ok;
}

/** To stderr, so that the only thing on stdout is the path. */
function say(line: string): void {
  console.error(`chromium: ${line}`);
}

if (import.meta.main) {
  try {
    console.log(await findChromium());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
