/** Whose data: an account, and the retirees of whom it may know everything. */
import { can, ensurePerson } from '../access/can.ts';
import type { ActorLink } from '../access/actor.ts';
import type { Ctx } from '../context.ts';
import type { RecordOwner } from '../engine/cases/records.ts';

export interface Owner extends RecordOwner {
  links: readonly ActorLink[];
  /** The retirees that the owner is themself: their numbers are given in the clear when asked for. */
  self: readonly string[];
}

/** @throws not-signed-in */
export function ownerOf(ctx: Ctx): Owner {
  const { accountId, links } = ensurePerson(ctx.actor);
  const whole = links.filter(({ retireeId }) => can(ctx.actor, 'retiree.manage', { retireeId, carePath: null }));
  return {
    accountId,
    links: whole,
    whole: whole.map(({ retireeId }) => retireeId),
    linked: links.map(({ retireeId }) => retireeId),
    self: links.filter(({ relation }) => relation === 'self').map(({ retireeId }) => retireeId),
  };
}
