/** Codes of an authenticator app, held against RFC 6238, and what a recovery code may look like. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRecoveryCode } from '../../../api/access/second-factor/recovery-codes.ts';
import { addressOf, codeAt, drawQr, newSecret, stepOfCode } from '../../../api/access/second-factor/totp.ts';

/** `12345678901234567890` of the RFC's appendix B, in base32. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);
const stepAt = (seconds: number) => Math.floor(seconds / 30);

describe('a code', () => {
  // Appendix B gives eight digits; six are their end.
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at second %i is that of RFC 6238', (seconds, eight) => {
    expect(codeAt(RFC_SECRET, at(seconds))).toBe(eight.slice(-6));
    expect(stepOfCode(RFC_SECRET, eight.slice(-6), at(seconds))).toBe(stepAt(seconds));
  });

  test.each([-2, -1, 0, 1, 2])('of a phone whose clock is %i steps off is good within one step', (off) => {
    const now = 1_700_000_000;
    const code = codeAt(RFC_SECRET, at(now + off * 30));
    expect(stepOfCode(RFC_SECRET, code, at(now))).toBe(Math.abs(off) <= 1 ? stepAt(now) + off : null);
  });

  test('of one secret is none of another, and what is no code is none', () => {
    const secrets = [newSecret(), newSecret()] as const;
    expect(secrets[0]).toMatch(/^[A-Z2-7]{32}$/);
    expect(secrets[0]).not.toBe(secrets[1]);
    for (const word of ['', '12345', '1234567', 'abcdef', '      '])
      expect(stepOfCode(secrets[0], word, at(59))).toBeNull();
  });
});

test('what an app scans names the product, the person and the secret, and is drawn as a square', () => {
  const address = addressOf(RFC_SECRET, '周国平');
  expect(decodeURIComponent(address)).toMatch(/^otpauth:\/\/totp\/退管通:周国平\?/);
  expect(address).toContain(RFC_SECRET);
  const { size, path } = drawQr(address);
  expect(size).toBeGreaterThan(40);
  expect(path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
});

test('a recovery code is read however it is typed, and nothing else is', () => {
  expect(readRecoveryCode('abcde-23456')).toBe('abcde23456');
  expect(readRecoveryCode(' ABCDE 23456 ')).toBe('abcde23456');
  expect(readRecoveryCode('ａｂｃｄｅ－２３４５６')).toBe('abcde23456');
  for (const word of ['abcde-2345', 'abcde-234567', '123456', 'abcde-2345o', ''])
    expect(readRecoveryCode(word)).toBeNull();
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const read = readRecoveryCode(typed);
      return read === null || /^[2-9a-hjkmnp-z]{10}$/.test(read);
    }),
  );
});
