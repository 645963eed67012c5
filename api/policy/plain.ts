/** The regulation's articles in plain words. Figures come from the rulebook; every sum is said as the most that it is. */
import { hasText, say, type Locale } from '../../locales/index.ts';
import {
  ceilingFen,
  groupSize,
  regulation,
  themeActivitiesAYear,
  workFundAYear,
  type CeilingPeriod,
} from '../rulebook.ts';

const yuan = (fen: number): number => fen / 100;
const most = (name: string, per?: CeilingPeriod): number => yuan(ceilingFen(name, per));

const figures = {
  activities: themeActivitiesAYear,
  ...groupSize,
  fund: yuan(workFundAYear),
  festival: most('festival'),
  birthday80: most('birthday', '80'),
  birthday90: most('birthday', '90'),
  birthday100: most('birthday', '100'),
  hospitalMoney: most('hospital-money'),
  hospitalGoods: most('hospital-goods'),
  hardship: most('hardship'),
  bereavement: most('bereavement'),
};

/** The product's own words for a part of a document; null for what it has none for. */
function ownWords(locale: Locale, number: string, label: string): { title: string; plain: string } | null {
  if (number !== regulation.number || !hasText(`articles:parts.${label}.plain`)) return null;
  return {
    title: say(locale, `articles:parts.${label}.title`),
    plain: say(locale, `articles:parts.${label}.plain`, figures),
  };
}

/** A part as it is called and explained: by staff, by the product, else by its own first words. */
export function explained(
  locale: Locale,
  number: string,
  part: { label: string; title: string; text: string; plain: string },
): { title: string; plain: string } {
  const own = ownWords(locale, number, part.label);
  const title = own?.title || part.title || (/^[^。；：，]{1,24}/.exec(part.text)?.[0] ?? part.label);
  return { title, plain: part.plain || (own?.plain ?? '') };
}
