/** Everybody who signed up, all pages of the list. */
import type { GuestList } from '../../../api/activities/attendance.ts';
import { api, call } from '../../base/api.ts';

export async function readGuests(id: string): Promise<GuestList> {
  const page = (after?: number) =>
    call(
      api.staff.activities[':id'].people.$get({
        param: { id },
        query: after === undefined ? {} : { after: String(after) },
      }),
    );
  const first = await page();
  const people = [...first.people];
  for (let { next } = first; next !== null;) {
    const further = await page(next);
    people.push(...further.people);
    next = further.next;
  }
  return { ...first, people, next: null };
}
