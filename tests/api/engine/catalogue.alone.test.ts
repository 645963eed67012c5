/** A definition that is wrong anywhere stops with the name of what is wrong, before anybody stands at a counter with it. */
import { describe, expect, test } from 'vitest';
import { addService } from '../../../api/engine/catalogue.ts';
import { form } from '../../../api/engine/form.ts';
import { q } from '../../../api/engine/questions/index.ts';
import type { Question } from '../../../api/engine/question.ts';
import type { AnyStep, Service } from '../../../api/engine/service.ts';
import { hardship } from './five-services.ts';
import { addPlainTexts } from './plain-texts.ts';
import { toyService } from '../../tools/toy-service.ts';

const decide = toyService.steps['decide'] as AnyStep;
const unknown: Question<string> = { kind: 'telepathy', options: {} };
let count = 0;

/** What is said of a toy with something changed, all its texts being there. */
function complaintOf(change: Partial<Service>, step: Partial<AnyStep> = {}): string {
  count += 1;
  const service: Service = {
    ...toyService,
    steps: { decide: { ...decide, ...step } },
    ...change,
    kind: `wrong-${count}`,
  };
  try {
    addPlainTexts(service);
    addService(service);
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a definition', () => {
  test('that is right is taken, and its kind only once', () => {
    expect(complaintOf({})).toBe('nothing');
    expect(() => addService({ ...toyService, kind: `wrong-${count}` })).toThrow('its kind is taken');
  });

  test.each<[string, string, Partial<Service>, Partial<AnyStep>]>([
    ['an unknown article', 'unknown article 第九十九条', { basis: ['第九十九条'] }, {}],
    ['an unknown question type', 'telepathy', { ask: form.ask('mind', unknown) }, {}],
    ['an unknown type in a column', 'telepathy', { ask: form.ask('list', q.rows(form.ask('mind', unknown))) }, {}],
    ['an unknown type in a step', 'telepathy', {}, { ask: form.ask('mind', unknown) }],
    ['a question asked twice', 'ask.a is asked twice', { ask: form.ask('a', q.yes()).ask('a', q.yes()) }, {}],
    ['an unknown step', 'approve leads to the unknown step nowhere', {}, { on: { approve: { to: 'nowhere' } } }],
    ['nobody who acts', 'nobody acts', {}, { by: [] }],
    ['no steps', 'no steps', { steps: {} }, {}],
    ['nobody who opens it', 'nobody opens it', { open: {} }, {}],
    ['a clock without a time', '"after" and "expire" go together', {}, { on: { expire: { to: 'approved' } } }],
    ['a leader whom nobody finds', '"leader" and "leaders" go together', {}, { by: ['clerk', 'leader'] }],
    [
      'a leader who is asked something',
      'a leader only taps',
      {},
      { by: ['leader'], leaders: async () => [], ask: form.ask('seen', q.yes()) },
    ],
    ['a condition with no way past', '"when" needs', {}, { when: () => false }],
    [
      'many decided at once that are asked something',
      'cannot be decided for many together',
      {},
      { ask: form.ask('seen', q.yes()), on: { approve: { to: 'approved', together: true } } },
    ],
    [
      'many deaths decided at once',
      'cannot be decided for many together',
      { tone: 'bereavement' },
      { on: { approve: { to: 'approved', together: true } } },
    ],
    ['an unknown forwarded answer', 'unknown answer home', {}, { forwards: { answer: 'home', level: 'community' } }],
    ['an unknown identifying answer', 'unknown answer who', {}, { identifies: 'who' }],
    ['a subject nobody defined', 'unknown subject dog', { subject: 'dog' as 'retiree' }, {}],
    ['due cases without "one"', 'due again every night', { open: { due: async () => [] }, ask: { entries: [] } }, {}],
    ['due cases that ask', 'nobody to answer', { open: { due: async () => [], one: 'show' } }, {}],
    ['reports without "about"', '"about"', { subject: 'reported', open: { by: ['anyone'], one: 'join' } }, {}],
    [
      'newcomers that nobody tells apart',
      'one newcomer from another',
      { subject: 'newcomer', open: { by: ['self'], one: 'join' } },
      {},
    ],
    [
      'a newcomer shown to whoever names them',
      'joined, not shown',
      { subject: 'newcomer', open: { by: ['self'], one: 'show', about: () => null } },
      {},
    ],
  ])('with %s stops and names it', (_what, words, change, step) => {
    expect(complaintOf(change, step)).toContain(words);
  });

  test('with a missing text stops with the key, of the service itself, of a choice and of a step', () => {
    const silent = { ...hardship, kind: 'wrong-silent' };
    expect(() => addService(silent)).toThrow(
      /services\/wrong-silent:title is missing.*ask\.situation\.options\.alone is missing.*steps\.street\.ask\.amount\.label is missing/,
    );
  });
});
