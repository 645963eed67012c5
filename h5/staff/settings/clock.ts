/** Times of the day: minutes after midnight for the server, `09:00` for the field. */
interface Hours {
  from: number;
  to: number;
}

/** As typed; empty while nothing is. */
export interface TypedHours {
  from: string;
  to: string;
}

export const NINE_TO_FIVE: TypedHours = { from: '09:00', to: '17:00' };
export const NOON: TypedHours = { from: '12:00', to: '13:30' };

const asTyped = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const asMinutes = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

export const typedHours = ({ from, to }: Hours): TypedHours => ({ from: asTyped(from), to: asTyped(to) });
export const sentHours = ({ from, to }: TypedHours): Hours => ({ from: asMinutes(from), to: asMinutes(to) });
export const isComplete = ({ from, to }: TypedHours): boolean => from !== '' && to !== '';
