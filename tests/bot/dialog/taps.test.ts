import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPayload, MOST_SEEN, readTap, tap } from '../../../bot/dialog/taps.ts';

const draft = '0190b0c4-1111-7222-8333-444455556666';

test('whatever a button carries is read again', () => {
  const uuid = fc.uuid();
  fc.assert(
    fc.property(uuid, fc.stringMatching(/^[\w-]{0,12}$/), fc.boolean(), fc.nat(2 ** 31), (id, word, flag, n) => {
      const all = [
        { is: 'answer', draft: id, question: 'abc_-9', change: flag, value: word },
        { is: 'tick', draft: id, question: 'abcdef', change: flag, chosen: n },
        { is: 'submit', draft: id, revision: n, version: 3, verb: 'hand-back' },
        { is: 'begin', service: 'abcdef', person: flag ? id : null },
        { is: 'pending', view: 'nobodys', kind: 'abc_-9', takes: flag, due: 1_763_000_000_000, id },
        { is: 'takeInList', number: '999999999999', version: n, verb: 'hand-back', kind: 'abc_-9' },
        { is: 'assign', number: '999999999999', version: n, to: id },
        { is: 'together', cases: [{ number: '100000016', version: 1 }] },
        {
          is: 'decide',
          cases: Array.from({ length: MOST_SEEN }, () => ({ number: '999999999999', version: n % 256 })),
        },
        { is: 'verb', number: '100000016', version: n, verb: 'withdraw', sure: flag },
      ] as const;
      for (const { is, ...carried } of all) {
        const data = tap(is, carried as never);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
        expect(readTap(data)).toEqual({ is, ...carried });
      }
    }),
  );
});

test('what we did not write is nothing, and never an error', () => {
  fc.assert(fc.property(fc.string({ maxLength: 64 }), (data) => void readTap(data)));
  expect(readTap('a.short.abc.0.1')).toBeNull();
  expect(readTap('zz')).toBeNull();
  expect(readTap('td.AAAAAAAA')).toBeNull();
  expect(readTap('')).toBeNull();
});

test('a link that starts the chat names a draft, a service or a case', () => {
  expect(readPayload(`d-${draft}`)).toEqual({ is: 'draft', of: draft });
  expect(readPayload('s-relocation')).toEqual({ is: 'service', of: 'relocation' });
  expect(readPayload('c-100000016')).toEqual({ is: 'case', of: '100000016' });
  expect(readPayload('c-12')).toBeNull();
  expect(readPayload('')).toBeNull();
});
