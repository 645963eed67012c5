import { expect, test } from 'vitest';
import { judge } from './audit.ts';

const json = (report: object) => JSON.stringify(report, null, 2);
const failed = (reason: string) =>
  `npm warn audit request failed\n${json({ message: `request to https://registry.npmjs.org/-/npm/v1/security/advisories/bulk failed, reason: ${reason}`, error: { summary: '', detail: '' } })}\nnpm error audit endpoint returned an error`;

test('nothing found passes in silence', () => {
  expect(judge(json({ auditReportVersion: 2, vulnerabilities: {}, metadata: {} }))).toEqual({ ok: true, output: '' });
});

test('what is found fails, and is named', () => {
  const via = [{ title: 'Prototype pollution', url: 'https://github.com/advisories/GHSA-x' }, 'other'];
  const vulnerabilities = { thing: { severity: 'low', range: '<2', via } };
  const { ok, output } = judge(`npm warn something\n${json({ vulnerabilities })}`);
  expect(ok).toBe(false);
  expect(output).toBe('thing <2: low. Prototype pollution https://github.com/advisories/GHSA-x; by other');
});

test.each([
  ['a registry without advisories', json({ message: '405 Method Not Allowed', statusCode: 405 }), '405'],
  ['a registry in trouble', json({ message: '503', statusCode: 503 }), '503'],
  ['no name server', failed('getaddrinfo ENOTFOUND registry.npmjs.org'), 'no way'],
  ['no network', failed('connect ECONNREFUSED 127.0.0.1:1'), 'no way'],
  ['silence', 'stopped: it took too long\n', 'in time'],
])('%s passes and says that nothing was checked', (_what, output, why) => {
  const judged = judge(output);
  expect(judged.ok).toBe(true);
  expect(judged.note).toContain('not checked');
  expect(judged.note).toContain(why);
});

test.each([
  ['no lockfile', json({ error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } })],
  ['a registry that wants a password', json({ message: '401 Unauthorized', statusCode: 401 })],
  ['a report that ends in the middle', '{\n  "vulnerabilities": {\n    "thing": {'],
  ['words', 'something else'],
  ['nothing', ''],
])('%s is no reason to pass', (_what, output) => {
  expect(judge(output).ok).toBe(false);
});
