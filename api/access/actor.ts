/** Who acts: a person with the retirees they may act for and the posts they hold, a guest, or the clockwork. */
import type { LinkScope, Relation, Role } from '../../db/schema/access.ts';
import type { UnitLevel } from '../../db/schema/registry.ts';
import type { SecondFactor } from './posts.ts';

export interface ActorLink {
  retireeId: string;
  relation: Relation;
  scope: LinkScope;
}

export interface ActorPost {
  unitId: string;
  /** Ids from the city down to the unit; a subtree is a prefix. */
  path: string;
  level: UnitLevel;
  role: Role;
}

/** By which session or chat login somebody came in. What they may do is read again by the same one. */
export interface Door {
  is: 'session' | 'login';
  id: string;
}

export interface Person {
  is: 'person';
  accountId: string;
  name: string | null;
  links: ActorLink[];
  /** Those that give power now. One that is suspended, or waits for the second factor, is not here. */
  posts: ActorPost[];
  /** What posts at a district or above ask of this person. */
  secondFactor: SecondFactor;
  /** Null for whoever holds only a one-time link: such a person has no post that needs the second factor. */
  door: Door | null;
}

/** Somebody not signed in. The secret's hash opens the drafts they began, nothing else. */
export interface Guest {
  is: 'guest';
  guestHash: Buffer | null;
}

/** Timers, due queries and effects act as the system. */
export interface System {
  is: 'system';
}

export type Actor = Person | Guest | System;

/** Whether the actor is the retiree. */
export function isOwn(actor: Actor, retireeId: string): boolean {
  return actor.is === 'person' && actor.links.some((link) => link.retireeId === retireeId && link.relation === 'self');
}

/** Whether the actor is linked to the retiree as somebody else: what they do, they do for another person. */
export function isActingFor(actor: Actor, retireeId: string | null): boolean {
  if (actor.is !== 'person') return false;
  return actor.links.some((link) => link.retireeId === retireeId && link.relation !== 'self');
}

export const system: System = { is: 'system' };
export const nobody: Guest = { is: 'guest', guestHash: null };
