/** Requests a second of the API over those of a bare handler that runs the same data queries, on 32 connections. */
import { Caller } from './caller.ts';
import type { Cast } from './cast.ts';
import { drive } from './drive.ts';
import { figure, type Figure, type Table } from './table.ts';

const CONNECTIONS = 32;
const TARGET = { atLeast: 0.5 };
/** Each side is measured this often, in turns, so that a slow minute of the machine hits both. */
const ROUNDS = 2;

interface Read {
  name: string;
  /** Paths of one user, tried in turn: of the API and of the bare handler. */
  api: string[][];
  bare: string[][];
}

export async function measureRatios(cast: Cast, urls: { api: string; bare: string }, seconds: number): Promise<Table> {
  const clerks = cast.clerks.slice(0, CONNECTIONS);
  const people = cast.applicants.slice(0, CONNECTIONS);
  const drafts = await beginDrafts(urls.api, people);
  const reads: (Read & { tokens: string[] })[] = [
    {
      name: 'reading one case',
      tokens: clerks.map((clerk) => clerk.token),
      api: clerks.map(({ numbers }) => numbers.map((number) => `/api/cases/${number}`)),
      bare: clerks.map(({ numbers }) => numbers.map((number) => `/cases/${number}`)),
    },
    {
      name: "a unit's pending list of 20",
      tokens: clerks.map((clerk) => clerk.token),
      api: clerks.map(() => ['/api/pending']),
      bare: clerks.map(({ unitId }) => [`/pending/${unitId}`]),
    },
    {
      name: 'the next question',
      tokens: people.map((person) => person.token),
      api: drafts.map((id) => [`/api/drafts/${id}`]),
      bare: drafts.map((id) => [`/drafts/${id}`]),
    },
  ];
  const figures: Figure[] = [];
  for (const { name, tokens, api, bare } of reads) {
    const sums = { api: 0, bare: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      sums.bare += await requestsASecond(
        urls.bare,
        tokens.map(() => undefined),
        bare,
        seconds / ROUNDS,
      );
      sums.api += await requestsASecond(urls.api, tokens, api, seconds / ROUNDS);
    }
    figures.push(
      figure(`${name}: API / bare`, sums.api / sums.bare, '', TARGET),
      figure(`${name}: API`, sums.api / ROUNDS, 'requests/s'),
      figure(`${name}: bare`, sums.bare / ROUNDS, 'requests/s'),
    );
  }
  return {
    title: '1. Reads, signed in and with every access check, over a bare handler',
    figures,
    notes: [`${CONNECTIONS} connections; the load comes from a third process on the same machine.`],
  };
}

async function requestsASecond(
  url: string,
  tokens: (string | undefined)[],
  paths: string[][],
  seconds: number,
): Promise<number> {
  const callers = tokens.map((token) => new Caller(url, token));
  const read = async (user: number, turn: number): Promise<void> => {
    const own = paths[user] ?? [];
    await callers[user]?.fetch(own[turn % own.length] ?? '/');
  };
  await drive(callers.length, Math.min(1, seconds / 4), read);
  const rate = await drive(callers.length, seconds, read);
  await Promise.all(callers.map((caller) => caller.close()));
  return rate;
}

/** An application half answered: its next question is the reason for moving. */
async function beginDrafts(url: string, people: Cast['applicants']): Promise<string[]> {
  return Promise.all(
    people.map(async ({ token, retireeId }) => {
      const caller = new Caller(url, token);
      const answers = { to: { value: 'outOfCity' }, place: { value: '湘潭市雨湖区' }, since: { value: '2026-10-01' } };
      const begun = await caller.call<{ draft: { id: string } }>('POST', '/api/drafts', {
        kind: 'relocation',
        subjectId: retireeId,
        answers,
      });
      await caller.close();
      return begun.draft.id;
    }),
  );
}
