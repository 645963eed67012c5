/** Messages of a unit as they are looked for, page after page; read again as far as they were read. */
import { ref, watch, type Ref } from 'vue';
import type { DeliveryLine, DeliveryList, DeliveryPage, DeliveryWay } from '../../../api/delivery/list-delivery.ts';
import { api, call } from '../../base/api.ts';
import { language } from '../../base/texts.ts';
import { useLoad, type Load } from '../load.ts';

export interface DeliveryFilter {
  unit: string;
  list: DeliveryList;
  way: DeliveryWay | '';
  words: string;
}

const readPage = ({ unit, list, way, words }: DeliveryFilter, after: string | null): Promise<DeliveryPage> =>
  call(
    api.staff.delivery.$get({
      query: { unit, list, ...(way && { way }), ...(words && { words }), ...(after && { after }) },
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
