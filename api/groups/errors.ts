/** What self-help groups refuse. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';
import { groupSize } from '../rulebook.ts';

const { least, most } = groupSize;

/** Groups are a community's; other offices have none. */
export const notACommunity = () => new AppError('groups-not-a-community', 422);
/** So few people make no group; `short` more would. */
export const tooFewForAGroup = (people: number, short: number) =>
  new AppError('groups-too-few', 422, { people, short, least });
export const tooManyAtOnce = (max: number) => new AppError('groups-too-many', 422, { max });
export const proposalThere = (id: string) => new AppError('groups-proposal-there', 409, {}, { id });
/** Somebody changed it meanwhile, or it is confirmed or dropped already. */
export const proposalChanged = (version: number) => new AppError('groups-proposal-changed', 409, {}, { version });
/** Groups of a size that the rules do not allow: their names and sizes. */
export const groupsUnlawful = (which: string) => new AppError('groups-unlawful', 422, { which, least, most });
/** Somebody is in no group although everybody could be in one. */
export const groupsLeaveOut = (left: number) => new AppError('groups-leave-out', 422, { left });
export const notInThisGroup = () => new AppError('group-not-a-member', 422);
export const termUnfit = (years: number) => new AppError('group-term', 422, { years });
/** They lead a group, or stand in for whoever does. */
export const leadsAlready = () => new AppError('group-leads-already', 409);
export const noSuchGroup = () => new AppError('group-none', 422);
export const alreadyInIt = () => new AppError('group-already-in', 409);
export const groupFull = () => new AppError('group-full', 422, { most });
/** What a group did is noted afterwards. */
export const doneInTheFuture = () => new AppError('group-done-in-the-future', 422);
/** Only whoever leads a group, or stands in, links it to a Telegram group. */
export const leadsNoGroup = () => new AppError('group-room-not-led', 403);
export const roomTaken = () => new AppError('group-room-taken', 409);
export const teamNameTaken = () => new AppError('volunteer-team-taken', 409);
/** No published notice to everyone of the group's community. */
export const nothingToDiscuss = () => new AppError('group-nothing-to-discuss', 422);
export const discussedAlready = () => new AppError('group-discussed-already', 409);
/** Whoever left would leave too few behind. */
export const groupWouldShrink = () => new AppError('group-would-shrink', 422, { least });
