import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localesFolder, readLanguage } from '../../locales/tools/files.ts';
import { traditional, traditionalLanguage } from '../../locales/tools/hant.ts';

describe('traditional', () => {
  test('writes the forms that a reader in Hunan knows, and keeps the words', () => {
    expect(traditional('不用迁户口，为您转到识字里社区')).toBe('不用遷戶口，為您轉到識字裡社區');
  });

  test('leaves the marks of i18next alone', () => {
    expect(traditional('{{时间}}前办结，见 $t(引擎:帮助)')).toBe('{{时间}}前辦結，見 $t(引擎:帮助)');
  });
});

describe('traditionalLanguage', () => {
  const source = new Map([['care', { title: '后来', group: { b: '发放', a: ['台账', '只有'] } }]]);

  test('keeps groups, lists and the order of keys', () => {
    const made = traditionalLanguage(source, {});
    expect(JSON.stringify(made.get('care'))).toBe('{"title":"後來","group":{"b":"發放","a":["臺賬","只有"]}}');
  });

  test('takes an override for what conversion cannot know', () => {
    expect(traditionalLanguage(source, { 'care:title': '之後' }).get('care')?.['title']).toBe('之後');
  });

  test('refuses an override of a text that is gone', () => {
    expect(() => traditionalLanguage(source, { 'care:gone': '無' })).toThrow('care:gone');
  });
});

test('zh-Hant is current (`npm run texts` makes it so)', () => {
  const overrides = JSON.parse(readFileSync(join(localesFolder, 'zh-Hant.overrides.json'), 'utf8')) as Record<
    string,
    string
  >;
  expect(readLanguage('zh-Hant')).toEqual(traditionalLanguage(readLanguage('zh-CN'), overrides));
});
