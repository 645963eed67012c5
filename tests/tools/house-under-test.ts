/** The whole product on a database of its own: every route, the simulator, the bot and the worker, for one test file. */
import { randomUUID } from 'node:crypto';
import type { DestinationStream } from 'pino';
import { inject } from 'vitest';
import { readConfig } from '../../api/config.ts';
import type { Clock } from '../../api/dates.ts';
import { openLog } from '../../api/log.ts';
import { connect } from '../../db/connect.ts';
import { openHouse, type House } from '../../house.ts';
import { Browser } from './browser.ts';
import { passFactor, type Authenticator } from './second-factor.ts';

export interface HouseUnderTest extends House {
  url: string;
  simulator: NonNullable<House['simulator']>;
  /** Signs in with a demo phone number, by the SMS code in the simulator, and gives the second factor where a post needs it. */
  signIn(phone: string): Promise<Browser>;
  /** The same without the second factor. */
  signInByPhone(phone: string): Promise<Browser>;
  /** The authenticator apps of those who signed in, by phone number. */
  apps: Map<string, Authenticator>;
  /** A browser that is not signed in. */
  visit(): Browser;
}

export interface TestHouseOptions {
  clock?: Clock;
  /** Added to the environment. With DATABASE_URL it is a second house on a database that is there. */
  env?: Record<string, string>;
  /** Where the log goes; it says nothing without. */
  log?: DestinationStream;
}

/** Opens a house on a copy of the demo city. Stop it in `afterAll`. */
export async function openTestHouse(options: TestHouseOptions = {}): Promise<HouseUnderTest> {
  const databaseUrl = options.env?.['DATABASE_URL'] ?? (await copyTemplate());
  const env = {
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: options.log ? 'debug' : 'fatal',
    DATABASE_POOL: '8',
    ...options.env,
  };
  const config = readConfig(env);
  const house = await openHouse(config, openLog(config, options.log), options.clock);
  const { url, simulator } = house;
  if (!url || !simulator) throw new Error('A house under test has pages and a simulator.');
  const visit = () => new Browser(url);
  const signInByPhone = (phone: string) => visit().signIn(phone, simulator.sms);
  const apps = new Map<string, Authenticator>();
  const signIn = async (phone: string) => {
    const browser = await signInByPhone(phone);
    await passFactor(browser, phone, apps, options.clock ?? (() => new Date()));
    return browser;
  };
  return { ...house, url, simulator, visit, signIn, signInByPhone, apps };
}

async function copyTemplate(): Promise<string> {
  const template = new URL(inject('templateUrl'));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new URL(template);
  admin.pathname = '/postgres';
  const connection = connect(admin.href, { max: 1 });
  await connection.sql.unsafe(`create database ${name} template ${template.pathname.slice(1)}`);
  await connection.close();
  const copy = new URL(template);
  copy.pathname = `/${name}`;
  return copy.href;
}
