import type { Place } from '../../../db/schema/registry.ts';
import type { Home } from '../../ports.ts';
import { normaliseBuilding, normaliseRoom, normaliseUnit, showAddress } from '../../values/address.ts';
import { tidy } from '../../values/characters.ts';
import { complain, read, type QuestionType } from '../question.ts';
import { existing } from './unit.ts';

/** A home inside the city: the community, then estate or road, building, unit and room (第四条（二）). */
export interface StoredResidence extends Place {
  communityId: string;
}

/** How each part is brought to one form: 「三栋」 and 「3号楼」 are the same building. */
const parts = {
  estate: (words: string) => tidy(words) || null,
  building: normaliseBuilding,
  unit: normaliseUnit,
  room: normaliseRoom,
};
const LONGEST_PART = 40;

/** A home. A room and something to find the house by are needed; a unit (单元) many houses do not have. */
export const residence: QuestionType<object, StoredResidence, Home & { community: NonNullable<Home['community']> }> = {
  chat: 'page-only',
  read(raw, _options, { units }) {
    if (!raw || typeof raw !== 'object') return complain('no-residence');
    const given = raw as Record<string, unknown>;
    const community = typeof given['communityId'] === 'string' ? units.get(given['communityId']) : null;
    if (community?.level !== 'community') return complain('no-such-community', { part: 'communityId' });
    const home: StoredResidence = { communityId: community.id };
    for (const [part, normalise] of Object.entries(parts) as [keyof typeof parts, (typeof parts)['estate']][]) {
      const words = typeof given[part] === 'string' ? normalise(given[part]) : null;
      if (words && words.length > LONGEST_PART) return complain('part-too-long', { max: LONGEST_PART, part });
      if (words) home[part] = words;
    }
    if (!home.building && !home.estate) return complain('no-building', { part: 'building' });
    return home.room ? read(home) : complain('no-room', { part: 'room' });
  },
  load: (stored, { units }) => {
    const { communityId, ...place } = stored;
    return { community: existing(units.get(communityId), communityId), place };
  },
  show: (stored, _say, { units }) => {
    const { communityId, ...place } = stored;
    return `${units.fullName(existing(units.get(communityId), communityId))} ${showAddress(place)}`;
  },
  schema: () => ({
    type: 'object',
    required: ['communityId', 'room'],
    properties: Object.fromEntries(['communityId', ...Object.keys(parts)].map((part) => [part, { type: 'string' }])),
  }),
};
