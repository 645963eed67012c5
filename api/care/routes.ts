/** HTTP of care payments for staff: budgets, lists, payments, the ledger, and the special-care flags. */
import { z } from 'zod';
import { keptFlags } from '../../db/schema/care.ts';
import { limited } from '../access/limited.ts';
import { uploads } from '../access/limits.ts';
import { isPlainDate, type PlainDate } from '../dates.ts';
import { about, aboutFile, aboutNothing, reply, router, valid } from '../http.ts';
import { careKinds } from '../rulebook.ts';
import { approveBatch } from './approve-batch.ts';
import { changeBatch, dropBatch } from './change-batch.ts';
import { changeBudget } from './change-budget.ts';
import { heldFlags, readFlags, setFlags } from './flags.ts';
import { releasePayment, reversePayment } from './give-back.ts';
import { ledgerXlsx } from './ledger-xlsx.ts';
import { addSheet, payBatch, readSheet } from './pay-batch.ts';
import { proposeBatch } from './propose-batch.ts';
import { batchLine, batchView, listBatches, readBatch } from './read-batches.ts';
import { budgets, readBudgets } from './read-budgets.ts';
import { given, readGiven } from './read-given.ts';
import { ledger, readLedger } from './read-ledger.ts';
import { festivals } from './rules.ts';
import { aboutWorkbook, sendWorkbook } from '../workbook/send.ts';

const id = z.object({ id: z.uuid() });
const unit = z.string().max(20);
const year = z.coerce.number().int().min(2024).max(2100);
const kind = z.enum(careKinds);
/** Up to a million yuan: no line of a unit's care fund is larger, and a slip of the hand is. */
const MOST_FEN = 100_000_000;
const fen = z.int().min(0).max(MOST_FEN);
const version = z.int().min(0);
const day = z.string().refine((text): text is PlainDate => isPlainDate(text));
const reason = z.string().trim().min(2).max(200);
const name = z.string().trim().min(1).max(50);
const people = z.array(z.uuid()).min(1).max(1000);
const form = z.enum(['money', 'goods']);
const ofYear = z.object({ unit, year });
const ofMonth = ofYear.extend({ month: z.coerce.number().int().min(1).max(12).optional() });
const occasion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('festival'), occasion: z.enum(festivals) }),
  z.object({ kind: z.literal('birthday'), occasion: z.string().regex(/^(0[1-9]|1[0-2])$/) }),
]);

export const careRoutes = router()
  .get(
    '/care/budgets',
    about('A unit’s care budget of a year, and with those below it', budgets),
    valid('query', ofYear),
    async (c) => reply(c, await readBudgets(c.get('ctx'), c.req.valid('query'))),
  )
  .post(
    '/care/budgets',
    aboutNothing('Enter a budget, change it, or move money to another kind'),
    valid(
      'json',
      z.object({
        unit,
        year: z.int().min(2024).max(2100),
        kind,
        toKind: kind.optional(),
        fen: z.int().min(-MOST_FEN).max(MOST_FEN),
        approval: z.string().trim().max(60).optional(),
      }),
    ),
    async (c) => {
      await changeBudget(c.get('ctx'), c.req.valid('json'));
      return c.body(null, 204);
    },
  )
  .get(
    '/care/batches',
    about('A unit’s festival and birthday lists of a year', z.array(batchLine)),
    valid('query', ofYear),
    async (c) => reply(c, await listBatches(c.get('ctx'), c.req.valid('query'))),
  )
  .post(
    '/care/batches',
    about('Propose a list: everybody who is due', z.object({ id: z.uuid() })),
    valid('json', z.object({ unit, occasion, form, fen: fen.min(1) })),
    async (c) => reply(c, await proposeBatch(c.get('ctx'), c.req.valid('json'))),
  )
  .get(
    '/care/batches/:id',
    about('One list, with what became of each payment', batchView),
    valid('param', id),
    async (c) => reply(c, await readBatch(c.get('ctx'), c.req.valid('param').id)),
  )
  .put(
    '/care/batches/:id',
    aboutNothing('Take people off a proposed list, or set their sums'),
    valid('param', id),
    valid(
      'json',
      z.object({ version, rows: z.array(z.object({ retireeId: z.uuid(), chosen: z.boolean(), form, fen })).max(1000) }),
    ),
    async (c) => {
      const { version: seen, rows } = c.req.valid('json');
      await changeBatch(c.get('ctx'), c.req.valid('param').id, seen, rows);
      return c.body(null, 204);
    },
  )
  .post(
    '/care/batches/:id/drop',
    aboutNothing('Drop a proposed list'),
    valid('param', id),
    valid('json', z.object({ version })),
    async (c) => {
      await dropBatch(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version);
      return c.body(null, 204);
    },
  )
  .post(
    '/care/batches/:id/approve',
    about(
      'Approve a list: all of it, or nothing and who stands in the way',
      z.object({ people: z.int(), fen: z.int() }),
    ),
    valid('param', id),
    valid('json', z.object({ version, without: z.array(z.uuid()).max(1000).optional() })),
    async (c) => {
      const { version: seen, without } = c.req.valid('json');
      return reply(c, await approveBatch(c.get('ctx'), c.req.valid('param').id, seen, without));
    },
  )
  .post(
    '/care/batches/:id/sheets',
    about('Upload the photo of a signed sheet (the body is the file)', z.object({ id: z.uuid() })),
    limited('caller', uploads),
    valid('param', id),
    async (c) => reply(c, await addSheet(c.get('ctx'), c.req.valid('param').id, () => c.req.arrayBuffer())),
  )
  .post(
    '/care/batches/:id/pay',
    about('Record that people on a list were given what was approved', z.object({ people: z.int() })),
    valid('param', id),
    valid(
      'json',
      z.object({
        people,
        paidOn: day,
        second: name,
        receiver: z.object({ name, relation: z.enum(['spouse', 'child', 'relative', 'other']) }).optional(),
        sheet: z.uuid().optional(),
      }),
    ),
    async (c) => reply(c, await payBatch(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))),
  )
  .get('/care/sheets/:id', aboutFile('The photo of a signed sheet', 'image/jpeg'), valid('param', id), async (c) =>
    c.body(new Uint8Array(await readSheet(c.get('ctx'), c.req.valid('param').id)), 200, {
      'Content-Type': 'image/jpeg',
      'Cache-Control': 'private, max-age=300',
    }),
  )
  .post(
    '/care/payments/:id/release',
    aboutNothing('Give back what was approved and not handed over'),
    valid('param', id),
    valid('json', z.object({ reason })),
    async (c) => {
      await releasePayment(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').reason);
      return c.body(null, 204);
    },
  )
  .post(
    '/care/payments/:id/reverse',
    aboutNothing('Enter that what was paid came back'),
    valid('param', id),
    valid('json', z.object({ reason })),
    async (c) => {
      await reversePayment(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').reason);
      return c.body(null, 204);
    },
  )
  .get(
    '/care/ledger',
    about('What was paid in a month or a year, per unit and together', ledger),
    valid('query', ofMonth),
    async (c) => reply(c, await readLedger(c.get('ctx'), c.req.valid('query'))),
  )
  .get('/care/ledger.xlsx', aboutWorkbook(), valid('query', ofMonth), (c) =>
    sendWorkbook(c, (snapshot) => ledgerXlsx(snapshot, c.req.valid('query'))),
  )
  .get(
    '/care/retirees/:id/given',
    about('What a retiree was given before', z.array(given)),
    valid('param', id),
    async (c) => reply(c, await readGiven(c.get('ctx'), c.req.valid('param').id)),
  )
  // POST, because the reading is recorded.
  .post(
    '/care/retirees/:id/flags',
    about('Read a retiree’s special-care flags', heldFlags),
    valid('param', id),
    async (c) => {
      c.header('Cache-Control', 'no-store');
      return reply(c, await readFlags(c.get('ctx'), c.req.valid('param').id));
    },
  )
  .put(
    '/care/retirees/:id/flags',
    about('Keep a retiree’s special-care flags', heldFlags),
    valid('param', id),
    valid('json', z.object({ flags: z.array(z.enum(keptFlags)), version })),
    async (c) => {
      c.header('Cache-Control', 'no-store');
      return reply(c, await setFlags(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')));
    },
  );
