import { expect, test } from 'vitest';
import { compare } from '../../../h5/staff/case/compare.ts';

const care = { key: 'care', question: '现在由谁服务', shown: '芙蓉区 文艺路街道 识字里社区' } as const;
const home = { key: 'home', question: '登记的住址', shown: '识字里社区 纺织厂宿舍3栋2单元401' } as const;
const answer = (shown: string) => ({ key: 'home', question: '现在住在哪里？', shown });

test('an answer that differs from what is held under its key is a change', () => {
  const moved = answer('雨花区 侯家塘街道 梓园社区 东方新城3栋2单元101');
  const { answers, others } = compare({ answers: [moved], before: [care, home] });
  expect(answers[0]?.held).toEqual({ shown: home.shown, changes: true });
  expect(others).toEqual([care]);
});

test('the same home said with its district and street is no change', () => {
  const same = answer('芙蓉区 文艺路街道 识字里社区 纺织厂宿舍3栋2单元401');
  expect(compare({ answers: [same], before: [home] }).answers[0]?.held?.changes).toBe(false);
});

test('an answer of which the registry holds nothing is shown alone', () => {
  const since = { key: 'since', question: '哪一天搬过去的？', shown: '2026年11月1日' };
  expect(compare({ answers: [since], before: [home] })).toEqual({
    answers: [{ ...since, held: null }],
    others: [home],
  });
});
