/** Volunteer teams (义工, 第二十四条（五）): who would help with what, as they said themselves, and the teams that staff form of them. */
import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, moment } from '../columns.ts';
import { retirees, units } from './registry.ts';

export const volunteerInterests = ['visit', 'errands', 'repair', 'teach', 'order', 'events'] as const;
type VolunteerInterest = (typeof volunteerInterests)[number];

/** Whoever offers to help, and agreed that the community sees it: by saying it, or to the staff who wrote it down. Taking it back takes the row away. */
export const volunteers = pgTable(
  'volunteers',
  {
    id: id(),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id, { onDelete: 'cascade' }),
    interests: text('interests').array().$type<VolunteerInterest[]>().notNull(),
    at: moment('at').notNull(),
    /** Which of the staff wrote down at the counter what they said there; null when they said it on their own account. */
    notedBy: uuid('noted_by'),
  },
  (t) => [
    unique('volunteers_once').on(t.retireeId),
    check(
      'volunteers_interests',
      sql`cardinality(${t.interests}) > 0 and ${t.interests} <@ array['visit', 'errands', 'repair', 'teach', 'order', 'events']`,
    ),
  ],
);

/** A community's team; it ends with its row, and whoever was in it stays a volunteer. */
export const volunteerTeams = pgTable(
  'volunteer_teams',
  {
    id: id(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    name: text('name').notNull(),
    madeBy: uuid('made_by').notNull(),
    madeAt: moment('made_at').notNull(),
  },
  (t) => [unique('volunteer_teams_name').on(t.unitId, t.name), check('volunteer_teams_named', sql`${t.name} <> ''`)],
);

/** Who is in a team: only somebody who offers to help, and no longer than they do. */
export const teamMembers = pgTable(
  'team_members',
  {
    id: id(),
    teamId: uuid('team_id')
      .notNull()
      .references(() => volunteerTeams.id, { onDelete: 'cascade' }),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => volunteers.retireeId, { onDelete: 'cascade' }),
  },
  (t) => [unique('team_members_once').on(t.teamId, t.retireeId), index('team_members_retiree').on(t.retireeId)],
);
