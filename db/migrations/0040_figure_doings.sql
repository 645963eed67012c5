-- What the city did beside deciding cases, month by month: five years of it were counted anew whenever somebody looked.
CREATE TABLE "figure_doings" (
	"unit_id" text NOT NULL,
	"month" date NOT NULL,
	"activities" integer NOT NULL,
	"came" integer NOT NULL,
	"stars" integer NOT NULL,
	"rated" integer NOT NULL,
	"visits" integer NOT NULL,
	"paid_fen" bigint NOT NULL,
	CONSTRAINT "figure_doings_unit_id_month_pk" PRIMARY KEY("unit_id","month")
);--> statement-breakpoint
-- What is counted as it is now lies in the last two months: found by its day, not through every unit and group.
CREATE INDEX "activities_held" ON "activities" USING btree ("starts_at") INCLUDE ("unit_id", "id") WHERE "activities"."state" = 'published';--> statement-breakpoint
CREATE INDEX "group_doings_visits" ON "group_doings" USING btree ("day") INCLUDE ("group_id") WHERE "group_doings"."kind" = 'visit';
