import { expect, test } from 'vitest';
import type { Colleague } from '../../../api/access/colleagues.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { ListedCase } from '../../../api/engine/cases/list.ts';
import type { CaseDetails } from '../../../api/engine/cases/shapes.ts';
import { chooseColleague } from '../../../bot/dialog/colleagues.ts';
import type { Message } from '../../../bot/dialog/message.ts';
import { pendingList } from '../../../bot/dialog/pending.ts';

const wordsOf = ({ buttons }: Message) => buttons.flat().map(({ text }) => text);
const idOf = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

test('colleagues come eight at a time, without whoever has the case; who is away says so', () => {
  const colleagues = Array.from({ length: 12 }, (_, n): Colleague => {
    return { id: idOf(n), name: `同事${n}`, role: 'clerk', onDuty: n !== 1, me: n === 2 };
  });
  const subject = { id: null, name: '刘淑兰' };
  const claimedBy = { id: idOf(0), name: '同事0', me: false, deputy: null };
  const details = { number: '100000016', version: 1, title: '搬到别的社区', subject, claimedBy } as CaseDetails;
  const first = wordsOf(chooseColleague('zh-CN', details, colleagues, 0));
  expect(first.slice(0, 3)).toEqual(['同事1 · 不在岗', '同事2（我）', '同事3']);
  expect(first).not.toContain('同事9');
  expect(first).toContain('再看几位');
  const second = wordsOf(chooseColleague('zh-CN', details, colleagues, 8));
  expect(second.slice(0, 4)).toEqual(['同事9', '同事10', '同事11', '前面几位']);
});

test('a line says how pressing the case is and who has it; without a deadline it says none', () => {
  const line = (more: Partial<ListedCase>) =>
    ({
      number: '100000016',
      version: 1,
      title: '搬家',
      claimedBy: null,
      subject: null,
      due: null,
      ...more,
    }) as ListedCase;
  const cases = [
    line({ due: '2026-11-20', overdue: true }),
    line({ due: '2026-11-23', claimedBy: { name: '张伟', me: false, deputy: null } }),
    line({ due: '2026-12-04', claimedBy: { name: '李娟', me: true, deputy: null } }),
    line({}),
  ];
  const counts = { unit: 4, mine: 1, nobodys: 2, overdue: 1, below: 100 };
  const here = { locale: 'zh-CN', today: '2026-11-23' as PlainDate } as const;
  const shown = { view: 'unit', service: null, takes: false } as const;
  const words = wordsOf(pendingList(here, shown, { cases, next: null }, counts));
  expect(words.slice(0, 4)).toEqual([
    '⚠ 已超期 搬家 · 11月20日到期',
    '搬家 · 今天到期 · 张伟',
    '搬家 · 最晚12月4日 · 我',
    '搬家',
  ]);
  expect(words).toContain('本单位和下级 99+');
});
