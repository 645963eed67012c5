/** Signing up: the phones there are, each one person's account with one chat. */
import { randomInt } from 'node:crypto';
import { PhoneError } from './errors.ts';
import { plainNumber } from './sms.ts';
import { userIdOf, type Conversation, type World } from './state.ts';

export type NewPhone = {
  /** The account's id; by default made from the phone number, and so the same after a restart. */
  id?: number | undefined;
  firstName: string;
  /** As Telegram gives it: `zh-hans`, `en`. */
  languageCode?: string | undefined;
  phoneNumber?: string | undefined;
  note?: string | undefined;
  /** Has talked with the bot before, perhaps before the simulator was restarted. */
  known?: boolean | undefined;
};

/** The chat of this phone; one that is there already (same id or number) is kept as it is. */
export function openPhone(world: World, phone: NewPhone): Conversation {
  const firstName = phone.firstName.trim();
  if (firstName === '' || firstName.length > 64) throw new PhoneError('badName');
  const phoneNumber = phone.phoneNumber?.trim() ? readNumber(phone.phoneNumber) : undefined;
  const id = phone.id ?? (phoneNumber ? userIdOf(phoneNumber) : freeId(world));
  const existing = world.conversations.get(id);
  if (existing) return existing;
  return world.addPerson({
    user: { id, is_bot: false, first_name: firstName, language_code: phone.languageCode ?? 'zh-hans' },
    ...(phoneNumber === undefined ? {} : { phoneNumber }),
    ...(phone.note === undefined ? {} : { note: phone.note }),
    started: phone.known ?? false,
    blocked: false,
  });
}

/** Digits of a phone number; spaces, hyphens and +86 are what people write. */
function readNumber(written: string): string {
  const number = plainNumber(written);
  if (!/^\d{5,15}$/.test(number) || /[^\d\s+()-]/.test(written)) throw new PhoneError('badPhoneNumber');
  return number;
}

function freeId(world: World): number {
  for (;;) {
    const id = randomInt(2_000_000_000, 2_100_000_000);
    if (!world.conversations.has(id)) return id;
  }
}
