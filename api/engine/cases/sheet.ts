/** A sheet that a step prints (`Step.print`): lines with the answers in them, and who signs. */
import { say, sayAll } from '../../../locales/index.ts';
import { can, ensureCanSee } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { dayOf, type PlainDate } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import { spokenNumber } from '../case-number.ts';
import { serviceOf } from '../catalogue.ts';
import { serviceKey } from '../texts.ts';
import { ownAnswers } from './answers.ts';
import { factsOf } from './facts.ts';
import { caseByNumber } from './find.ts';
import { sheetsOf } from './lines.ts';

export interface Sheet {
  title: string;
  /** The case's number, in threes. */
  number: string;
  lines: string[];
  /** What is signed or filled in by hand, a line each. */
  sign: string[];
  printedOn: PlainDate;
}

/** For whoever may see the case, and for who opened it. @throws not-found, also when the case prints no such sheet now */
export async function readSheet(ctx: Ctx, number: string, sheet: string): Promise<Sheet> {
  const row = await caseByNumber(ctx, number);
  const service = serviceOf(row.kind);
  const facts = await factsOf(ctx, row, service);
  ensureCanSee(ctx.actor, can(ctx.actor, 'case.answer-for', facts) ? 'case.follow' : 'case.read', facts);
  if (!sheetsOf(row, service).includes(sheet)) throw notFound();
  const answers = Object.fromEntries((await ownAnswers(ctx, row.id)).map(({ key, shown }) => [key, shown]));
  const text = (part: string) => serviceKey(service.kind, `print.${sheet}.${part}`);
  return {
    title: say(ctx.locale, text('title')),
    number: spokenNumber(row.number),
    lines: sayAll(ctx.locale, text('lines'), answers),
    sign: sayAll(ctx.locale, text('sign')),
    printedOn: dayOf(ctx.clock()),
  };
}
