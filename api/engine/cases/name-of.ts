/** What a case's subject is called. The dead are named as such (h5-standard row 21). */
import { say } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';

/** Somebody or something with a name; `alive` and `diedOn` where they are people. */
export interface Named {
  id: string | null;
  name: string;
  alive?: boolean;
  diedOn?: string | null;
}

/** 刘淑兰, or 逝者刘淑兰. */
export function nameOf(ctx: Pick<Ctx, 'locale'>, { name, alive, diedOn }: Named): string {
  return alive === false || diedOn ? say(ctx.locale, 'engine:deceased', { name }) : name;
}
