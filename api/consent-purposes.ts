/**
 * What people can agree to, and what each is for: the one list. What the office must do by law needs no consent and does not stand
 * here; it is told (告知). The words stand in `locales/<language>/consents.json`.
 */
export const consentPurposes = [
  /** Policy and activity news, pushed into the chat. */
  'chat-news',
  /** Pictures of activities on which one can be seen. */
  'photos',
  /** One's name and phone number, shown to the others of the self-help group. */
  'group-phone',
] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export const isConsentPurpose = (text: string): text is ConsentPurpose =>
  (consentPurposes as readonly string[]).includes(text);
