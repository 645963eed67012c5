import { maskPhone, parsePhone, type Phone } from '../../values/phone.ts';
import { complain, read, type QuestionType } from '../question.ts';

/** A phone number to reach somebody. Asked in chat, but never repeated there. */
export const phone: QuestionType<object, Phone> = {
  chat: 'no-echo',
  read(raw) {
    if (typeof raw !== 'string') return complain('phone.not-a-phone');
    const parsed = parsePhone(raw);
    return parsed.ok ? read(parsed.value) : complain(`phone.${parsed.code}`);
  },
  load: (stored) => stored,
  show: (stored) => maskPhone(stored),
  schema: () => ({ type: 'string', minLength: 7, maxLength: 20 }),
};
