/** Messages of a unit as they are looked for, page after page; read again as far as they were read. */
import { ref, watch, type Ref } from 'vue';
import type { DeliveryList, DeliveryWay } from '../../../api/delivery/list-lines.ts';
import type { Audience } from '../../../api/delivery/settle-message.ts';
import type { DeliveryLine, DeliveryPage } from '../../../api/delivery/staff-routes.ts';
import { api, call } from '../../base/api.ts';
import { language } from '../../base/texts.ts';
import { useLoad, type Load } from '../load.ts';

/** How somebody can have been told by hand; nobody leaves a slip at a colleague's door. */
export const settlingsFor = (to: Audience) =>
  to === 'staff' ? (['phoned', 'given-up'] as const) : (['phoned', 'visited', 'letter', 'slip', 'given-up'] as const);

export interface DeliveryFilter {
  unit: string;
  to: Audience;
  list: DeliveryList;
  way: DeliveryWay | '';
  words: string;
}

const readPage = ({ unit, to, list, way, words }: DeliveryFilter, after: string | null): Promise<DeliveryPage> =>
  call(
    api.staff.delivery.$get({
      query: { unit, to, list, ...(way && { way }), ...(words && { words }), ...(after && { after }) },
    }),
  );

/** The first pages of them, in one. */
export async function readPages(filter: DeliveryFilter, most: number): Promise<DeliveryPage> {
  const messages: DeliveryLine[] = [];
  let next: string | null = null;
  for (let page = 0; page < most && (page === 0 || next); page += 1) {
    const found = await readPage(filter, next);
    messages.push(...found.messages);
    ({ next } = found);
  }
  return { messages, next };
}

export function useDelivery(filter: Ref<DeliveryFilter>): Load<DeliveryPage> & { more(): Promise<void> } {
  const pages = ref(1);
  const reading = useLoad(() => readPages(filter.value, pages.value));
  watch([filter, language], (now, before) => {
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    pages.value = 1;
    void reading.load();
  });
  return {
    ...reading,
    more() {
      pages.value += 1;
      return reading.load();
    },
  };
}
