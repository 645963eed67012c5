/** What a turn of the conversation works with: the API through its own doors, the person's language, and today. No channel is named. */
import { hc } from 'hono/client';
import type { Api } from '../../../api/app.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { DraftView } from '../../../api/engine/drafts/view.ts';
import type { InnerCall } from '../../../api/http.ts';
import type { Locale } from '../../../locales/index.ts';
import { whomLine } from '../heading.ts';
import type { Asking } from '../question.ts';

/** The API's app, called in this process. */
export interface Doors {
  request(input: string, init: RequestInit, env: { inner: InnerCall }): Response | Promise<Response>;
}

export type Client = ReturnType<typeof hc<Api>>;

/** What is remembered of a chat in this process only; all of it may be lost at any time, and a chat goes on without it. */
export interface Memory {
  locale?: Locale;
  /** An answered question that was asked again to be changed. */
  changing?: { draft: string; key: string };
  /** What was asked last in somebody's own words: it becomes the question if the community is to answer it. */
  asked?: string;
}

export interface Talk {
  api: Client;
  locale: Locale;
  now: Date;
  today: PlainDate;
  /** Where the pages are, without a slash at the end. */
  baseUrl: string;
  /** The same for pages opened inside the chat's own app, which signs in by itself; null where it opens none. */
  appUrl: string | null;
  memory: Memory;
}

/** What the API refused, with words for the person (problem+json). */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly more: Record<string, unknown>;

  constructor(status: number, problem: Record<string, unknown>) {
    super(`${status} ${wordsIn(problem['code'])}`);
    this.name = 'Refused';
    this.status = status;
    this.code = wordsIn(problem['code']);
    this.title = wordsIn(problem['title']);
    this.more = problem;
  }
}

const wordsIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Calls the API as the person of a chat, or as nobody. Every writing call of one update has a key of its own, so that it takes effect once. */
export function clientFor(doors: Doors, chat: InnerCall['chat'], updateKey: string | null): Client {
  let written = 0;
  return hc<Api>('http://inside', {
    fetch: async (input: RequestInfo | URL, init: RequestInit = {}) => {
      const writes = init.method !== undefined && init.method !== 'GET';
      if (writes) written += 1;
      const inner: InnerCall = {
        ...(chat && { chat }),
        ...(writes && updateKey !== null && { actKey: `${updateKey}:${written}` }),
      };
      return doors.request(input instanceof Request ? input.url : input.toString(), init, { inner });
    },
  });
}

interface Answered {
  ok: boolean;
  status: number;
  json(): Promise<unknown>;
}

/** The body of an answer. @throws Refused with the API's own words */
export async function take<R extends Answered>(asked: Promise<R>): Promise<Awaited<ReturnType<R['json']>>> {
  const answer = await asked;
  if (answer.ok) return (await (answer.status === 204 ? null : answer.json())) as Awaited<ReturnType<R['json']>>;
  const problem = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  throw new Refused(answer.status, problem);
}

/** A question's place in this talk. */
export const asking = ({ locale, today }: Talk, draft: DraftView, change: boolean): Asking => ({
  locale,
  today,
  draft: draft.id,
  whom: whomLine(locale, draft),
  change,
});
