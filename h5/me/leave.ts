/** Signs out on this phone, and forgets everything on it that was the person's. */
import { forgetDrafts } from '../drafts/drafts.ts';
import { signOut } from '../people/who.ts';

export async function leaveThisPhone(): Promise<void> {
  await signOut();
  forgetDrafts();
  // Everything drawn so far was the person's.
  location.assign('/');
}
