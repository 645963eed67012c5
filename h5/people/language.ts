/** Changes the language here, and in what is sent to the person's chat and phone. */
import { api, call } from '../base/api.ts';
import { chooseLanguage, type Language } from '../base/texts.ts';
import { forgetDrafts } from '../drafts/drafts.ts';
import { who } from './who.ts';

export async function speakLanguage(chosen: Language): Promise<void> {
  forgetDrafts();
  await chooseLanguage(chosen);
  // The cookie already holds for these pages; without network only the messages go on in the old language.
  if (who.me?.signedIn) await call(api.me.locale.$put({ json: { locale: chosen } })).catch(() => undefined);
}
