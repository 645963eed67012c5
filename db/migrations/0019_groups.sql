CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"unit_id" text NOT NULL REFERENCES "units"("id"),
	"n" smallint NOT NULL,
	"name" text,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "groups_n" CHECK ("groups"."n" > 0)
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"group_id" uuid NOT NULL REFERENCES "groups"("id"),
	"retiree_id" uuid NOT NULL REFERENCES "retirees"("id"),
	"since" date NOT NULL,
	"until" date,
	"set_by" uuid,
	"case_id" uuid,
	CONSTRAINT "group_members_in_order" CHECK ("group_members"."until" is null or "group_members"."until" >= "group_members"."since")
);
--> statement-breakpoint
CREATE TABLE "group_leaders" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"group_id" uuid NOT NULL REFERENCES "groups"("id"),
	"retiree_id" uuid NOT NULL REFERENCES "retirees"("id"),
	"office" text NOT NULL,
	"since" date NOT NULL,
	"term" date NOT NULL,
	"until" date,
	"set_by" uuid NOT NULL,
	CONSTRAINT "group_leaders_office" CHECK ("group_leaders"."office" in ('leader', 'deputy')),
	CONSTRAINT "group_leaders_term" CHECK ("group_leaders"."term" >= "group_leaders"."since"),
	CONSTRAINT "group_leaders_in_order" CHECK ("group_leaders"."until" is null or "group_leaders"."until" >= "group_leaders"."since")
);
--> statement-breakpoint
CREATE TABLE "group_doings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"group_id" uuid NOT NULL REFERENCES "groups"("id"),
	"kind" text NOT NULL,
	"day" date NOT NULL,
	"people" smallint NOT NULL,
	"words" "bytea" NOT NULL,
	"noted_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "group_doings_people" CHECK ("group_doings"."people" > 0)
);
--> statement-breakpoint
CREATE TABLE "group_proposals" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"unit_id" text NOT NULL REFERENCES "units"("id"),
	"version" integer DEFAULT 1 NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group_proposal_slots" (
	"proposal_id" uuid NOT NULL REFERENCES "group_proposals"("id") ON DELETE cascade,
	"slot" smallint NOT NULL,
	"group_id" uuid REFERENCES "groups"("id"),
	CONSTRAINT "group_proposal_slots_proposal_id_slot_pk" PRIMARY KEY("proposal_id","slot")
);
--> statement-breakpoint
CREATE TABLE "group_proposal_rows" (
	"proposal_id" uuid NOT NULL REFERENCES "group_proposals"("id") ON DELETE cascade,
	"retiree_id" uuid NOT NULL REFERENCES "retirees"("id") ON DELETE cascade,
	"slot" smallint,
	CONSTRAINT "group_proposal_rows_proposal_id_retiree_id_pk" PRIMARY KEY("proposal_id","retiree_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "groups_number" ON "groups" USING btree ("unit_id","n") WHERE "groups"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "group_members_one_now" ON "group_members" USING btree ("retiree_id") WHERE "group_members"."until" is null;--> statement-breakpoint
CREATE INDEX "group_members_group" ON "group_members" USING btree ("group_id") WHERE "group_members"."until" is null;--> statement-breakpoint
CREATE INDEX "group_members_history" ON "group_members" USING btree ("retiree_id","since");--> statement-breakpoint
CREATE UNIQUE INDEX "group_leaders_one" ON "group_leaders" USING btree ("group_id","office") WHERE "group_leaders"."until" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "group_leaders_once" ON "group_leaders" USING btree ("retiree_id") WHERE "group_leaders"."until" is null;--> statement-breakpoint
CREATE INDEX "group_leaders_history" ON "group_leaders" USING btree ("retiree_id","since");--> statement-breakpoint
CREATE INDEX "group_doings_month" ON "group_doings" USING btree ("group_id","day");--> statement-breakpoint
CREATE INDEX "group_doings_at" ON "group_doings" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "group_proposals_unit" ON "group_proposals" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "group_proposal_rows_retiree" ON "group_proposal_rows" USING btree ("retiree_id");
