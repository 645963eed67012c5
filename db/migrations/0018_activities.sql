CREATE TABLE "activities" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"unit_id" text NOT NULL REFERENCES "units"("id"),
	"state" text DEFAULT 'published' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"details" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"place" text NOT NULL,
	"map_url" text,
	"directions" text NOT NULL,
	"seats" integer NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"cost_fen" integer DEFAULT 0 NOT NULL,
	"bring" text NOT NULL,
	"walking" text NOT NULL,
	"companions" boolean NOT NULL,
	"contact_name" text NOT NULL,
	"contact_phone" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone,
	"cancelled_why" text,
	CONSTRAINT "activities_state" CHECK ("activities"."state" in ('published', 'cancelled')),
	CONSTRAINT "activities_cancelled" CHECK (("activities"."state" = 'cancelled') = ("activities"."cancelled_at" is not null)),
	CONSTRAINT "activities_seats" CHECK ("activities"."taken" between 0 and "activities"."seats"),
	CONSTRAINT "activities_times" CHECK ("activities"."starts_at" < "activities"."ends_at" and "activities"."opens_at" < "activities"."closes_at"),
	CONSTRAINT "activities_cost" CHECK ("activities"."cost_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "sign_ups" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"n" bigserial NOT NULL,
	"activity_id" uuid NOT NULL,
	"retiree_id" uuid NOT NULL REFERENCES "retirees"("id"),
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"size" smallint NOT NULL,
	"needs" bytea,
	"at" timestamp with time zone NOT NULL,
	"offered_until" timestamp with time zone,
	"remind_at" timestamp with time zone,
	"checked_in_at" timestamp with time zone,
	"checked_in_by" uuid,
	"checked_at" timestamp with time zone,
	CONSTRAINT "sign_ups_state" CHECK ("sign_ups"."state" in ('in', 'offered', 'waiting', 'cancelled', 'lapsed', 'stopped')),
	CONSTRAINT "sign_ups_size" CHECK ("sign_ups"."size" in (1, 2)),
	CONSTRAINT "sign_ups_offered" CHECK (("sign_ups"."state" = 'offered') = ("sign_ups"."offered_until" is not null)),
	CONSTRAINT "sign_ups_checked_in" CHECK ("sign_ups"."checked_in_at" is null or "sign_ups"."checked_at" is not null)
);
--> statement-breakpoint
CREATE INDEX "activities_coming" ON "activities" USING btree ("unit_id","ends_at") WHERE "activities"."state" = 'published';--> statement-breakpoint
CREATE INDEX "activities_unit" ON "activities" USING btree ("unit_id","starts_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_ups_one" ON "sign_ups" USING btree ("activity_id","retiree_id") WHERE state in ('in', 'offered', 'waiting');--> statement-breakpoint
CREATE INDEX "sign_ups_activity" ON "sign_ups" USING btree ("activity_id","n");--> statement-breakpoint
CREATE INDEX "sign_ups_waiting" ON "sign_ups" USING btree ("activity_id","n") WHERE "sign_ups"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "sign_ups_retiree" ON "sign_ups" USING btree ("retiree_id","n");--> statement-breakpoint
CREATE INDEX "sign_ups_offered" ON "sign_ups" USING btree ("offered_until") WHERE "sign_ups"."state" = 'offered';--> statement-breakpoint
CREATE INDEX "sign_ups_remind" ON "sign_ups" USING btree ("remind_at") WHERE "sign_ups"."remind_at" is not null;--> statement-breakpoint
CREATE INDEX "sign_ups_at" ON "sign_ups" USING btree ("at");
