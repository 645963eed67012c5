/** What kind of device signed in, in a word: enough to tell one's own apart, too little to follow anybody. */
import type { Device } from '../../db/schema/access.ts';

/** By the User-Agent, which is not kept. A browser that says nothing is taken for a phone: most are. */
export function deviceOf(userAgent: string | undefined): Device {
  const said = userAgent ?? '';
  const isDesk = /Windows NT|Macintosh|X11|CrOS/i.test(said) && !/Mobi|Android|iPhone|iPad|HarmonyOS/i.test(said);
  return isDesk ? 'computer' : 'phone';
}
