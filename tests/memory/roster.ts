/** A roster of one street as an office has it: annex 3 as CSV, invented people. */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { crowd } from '../bench/fill/crowd.ts';

const HEADINGS = '序号,姓名,身份证号,性别,退休时间,联系电话,住址,原工作单位,企业性质,移交社区时间,社区,街道';
/** 识字里社区 of 文艺路街道. */
export const COMMUNITY = '430102001001';

export async function writeRoster(file: string, people: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${HEADINGS}\n`);
  for (const { at, facts } of crowd(people)) {
    const { estate, building, unit, room } = facts.place ?? {};
    const home = [estate, building, unit, room].filter(Boolean).join('');
    const cells = [at + 1, facts.name, facts.idNumber, '', facts.retiredOn, facts.phone, home, facts.employer, '', ''];
    out.write(`${[...cells, '识字里社区', '文艺路街道'].map((cell) => cell ?? '').join()}\n`);
  }
  out.end();
  await finished(out);
}
