-- An activity may be for some of the units below the one that holds it; what was published is for all of them.
ALTER TABLE "activities" ADD COLUMN "audience" text[];--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_audience" CHECK (cardinality("activities"."audience") > 0 and "activities"."group_id" is null or "activities"."audience" is null);
