/** Binding the caller's account to their own record, by name, identity number and the phone that is registered. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { blindIndex } from '../../db/vault.ts';
import { phonesOf, setName } from '../access/accounts.ts';
import { ensurePerson } from '../access/can.ts';
import {
  bindingsByAccount,
  bindingsFromAddress,
  bindingsOfNumber,
  noteTry,
  triesUnder,
  type Tries,
} from '../access/limits.ts';
import { link, usualScope } from '../access/link.ts';
import type { Ctx } from '../context.ts';
import { parseIdNumber, type IdNumber } from '../values/id-number.ts';
import { normaliseName } from '../values/person-name.ts';
import { badIdNumber, cannotBind } from './errors.ts';
import { warnOwner } from './warn-owner.ts';

interface Typed {
  name: string;
  idNumber: string;
}

/**
 * Binds the caller's account to their own record; a couple with one phone binds both. Nothing tells one failure from another, neither the answer nor the statements
 * that are run: a stranger learns not even whether there is such a record.
 * @throws bad-id-number for what cannot be one, cannot-bind, already-bound
 */
export async function bindSelf(ctx: Ctx, typed: Typed, address: string): Promise<{ retireeId: string }> {
  const { accountId } = ensurePerson(ctx.actor);
  const number = parseIdNumber(typed.idNumber);
  if (!number.ok) throw badIdNumber(number.code);
  const retireeId = await ctx.db.transaction((tx) =>
    tryToBind({ ...ctx, db: tx }, accountId, { ...typed, idNumber: number.value }, address),
  );
  if (!retireeId) throw cannotBind();
  return { retireeId };
}

const isBound = ({ actor }: Ctx) => ensurePerson(actor).links.some((one) => one.relation === 'self');

/** Null when it failed, which is noted: so it does not throw, or nothing would be. */
async function tryToBind(
  ctx: Ctx,
  accountId: string,
  { name, idNumber }: Typed & { idNumber: IdNumber },
  address: string,
): Promise<string | null> {
  const tries: Tries = [
    [bindingsOfNumber, idNumber],
    [bindingsByAccount, accountId],
    [bindingsFromAddress, address],
  ];
  const { counts, isOver } = await triesUnder(ctx, tries);
  const found = await matching(ctx, accountId, name, idNumber);
  if (!found || isOver) {
    const [ofNumber = 0] = counts;
    await noteTry(ctx, tries, isOver);
    await warnOwner(ctx, idNumber, ofNumber + 1 >= bindingsOfNumber.most);
    return null;
  }
  const self = { accountId, retireeId: found.id, relation: 'self' as const };
  await link(ctx, { ...self, scope: usualScope('self'), boundBy: null });
  // The first of a couple on one phone gave the account its name.
  if (!isBound(ctx)) await setName(ctx, accountId, found.name);
  return found.id;
}

/** Sealed numbers are compared by blind index: nothing is opened for one answer and left closed for another. */
const ofNumberAndPhone = preparedSql<{ id: string; name: string }>(sql`
  select id, name from retirees
   where id_number_index = decode(${sql.placeholder('number')}, 'hex') and died_on is null
     and encode(phone_index, 'hex') = any(string_to_array(${sql.placeholder('phones')}, ','))`);

async function matching(ctx: Ctx, accountId: string, name: string, number: IdNumber) {
  const phones = await phonesOf(ctx, accountId);
  const [found] = await ofNumberAndPhone(ctx.db, {
    number: blindIndex('id', number).toString('hex'),
    phones: phones.map((phone) => blindIndex('phone', phone).toString('hex')).join(','),
  });
  return found && normaliseName(found.name) === normaliseName(name) ? found : null;
}
