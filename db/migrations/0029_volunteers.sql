CREATE TABLE "volunteers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"retiree_id" uuid NOT NULL,
	"interests" text[] NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "volunteers_once" UNIQUE("retiree_id"),
	CONSTRAINT "volunteers_interests" CHECK (cardinality("volunteers"."interests") > 0 and "volunteers"."interests" <@ array['visit', 'errands', 'repair', 'teach', 'order', 'events'])
);
--> statement-breakpoint
CREATE TABLE "volunteer_teams" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"unit_id" text NOT NULL,
	"name" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "volunteer_teams_name" UNIQUE("unit_id","name"),
	CONSTRAINT "volunteer_teams_named" CHECK ("volunteer_teams"."name" <> '')
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"team_id" uuid NOT NULL,
	"retiree_id" uuid NOT NULL,
	CONSTRAINT "team_members_once" UNIQUE("team_id","retiree_id")
);
--> statement-breakpoint
ALTER TABLE "volunteers" ADD CONSTRAINT "volunteers_retiree_id_retirees_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."retirees"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "volunteer_teams" ADD CONSTRAINT "volunteer_teams_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_volunteer_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."volunteer_teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_retiree_id_volunteers_retiree_id_fk" FOREIGN KEY ("retiree_id") REFERENCES "public"."volunteers"("retiree_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "team_members_retiree" ON "team_members" USING btree ("retiree_id");
