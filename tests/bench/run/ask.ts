/** How long somebody waits who asks in their own words, with ten thousand documents to look through; in a database of its own. */
import { keepDocument } from '../../../api/policy/import-document.ts';
import type { Connection } from '../../../db/connect.ts';
import { questions } from '../ask.ts';
import { percentile } from './drive.ts';
import { withOwnDatabase } from './own-database.ts';
import { startProgram, withProgram } from './process.ts';
import { figure, type Table } from './table.ts';

/** Articles of invented regulations: together with those of the product a little more than ten thousand. */
const DOCUMENTS = 200;
const ARTICLES = 50;
const ROUNDS = 5;
const TARGET_MS = 30;

/** Words that regulations are made of; some of them are asked for, most are not. */
const WORDS =
  '退休人员 社区 街道 养老金 慰问 档案 认证 活动 小组 经费 住址 登记 医疗 护理 补贴 申请 审核 公示 材料 窗口 电话 身份证 户口 家属 子女 志愿者 讲座 体检 食堂 公交 优待 门诊 药店 康复 轮椅 培训 宣传 监督 检查 考核 预算 财政 拨付 系统 信息 平台 时限 承诺 投诉 建议'.split(
    ' ',
  );

/** Always the same numbers, one after another. */
function* numbers(): Generator<number, never> {
  for (let seed = 20_240_401; ;) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    yield seed;
  }
}

/** Fills the index as staff would, document by document. */
async function fillDocuments({ db }: Connection): Promise<void> {
  const next = numbers();
  const words = (count: number) =>
    Array.from({ length: count }, () => WORDS[next.next().value % WORDS.length]).join('');
  for (let n = 0; n < DOCUMENTS; n += 1) {
    const parts = Array.from({ length: ARTICLES }, (_, at) => ({
      kind: 'article' as const,
      label: `第${at + 1}条`,
      title: '',
      text: `${words(4)}。${words(20)}；${words(20)}。`,
    }));
    const facts = { number: `试〔2026〕${n}号`, title: `试行办法${n}`, issuer: '试', issuedOn: null };
    const document = { ...facts, inForceFrom: null, inForceUntil: null, parts };
    await keepDocument({ db, clock: () => new Date() }, document, null);
  }
}

export function measureAsk(): Promise<Table> {
  return withOwnDatabase(async (connection, url) => {
    await fillDocuments(connection);
    await connection.sql`vacuum analyze ask_postings`;
    const env = { ROLE: 'web', PORT: '0', DATABASE_URL: url, LOG_LEVEL: 'error' };
    return withProgram(startProgram('main.ts', env), (house) => askAll(house.url));
  });
}

/** Every question, one after another, and eight at once. */
async function askAll(url: string): Promise<Table> {
  const ask = async (words: string): Promise<number> => {
    const began = performance.now();
    const answer = await fetch(`${url}/api/ask?q=${encodeURIComponent(words)}`);
    await answer.text();
    if (!answer.ok) throw new Error(`${words}: ${answer.status}`);
    return performance.now() - began;
  };
  for (const one of questions) await ask(one.ask);
  const alone: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) for (const one of questions) alone.push(await ask(one.ask));
  const crowded: number[] = [];
  for (let at = 0; at < questions.length * ROUNDS; at += 8)
    crowded.push(
      ...(await Promise.all(
        questions
          .slice(at % questions.length)
          .slice(0, 8)
          .map((one) => ask(one.ask)),
      )),
    );
  for (const times of [alone, crowded]) times.sort((one, other) => one - other);
  const entries = DOCUMENTS * ARTICLES;
  return {
    title: `6. Asking in one’s own words, ${entries.toLocaleString('en')} documents`,
    figures: [
      figure('p50, one after another', percentile(alone, 0.5), 'ms'),
      figure('p95, one after another', percentile(alone, 0.95), 'ms', { atMost: TARGET_MS }),
      figure('p99, one after another', percentile(alone, 0.99), 'ms'),
      figure('p95, eight at once', percentile(crowded, 0.95), 'ms'),
    ],
    notes: [`${questions.length} questions of ask.jsonl, ${ROUNDS} times.`],
  };
}
