-- What was decided is told by unit and by service, never by both at once: kept in the two ways it is a fifth of the rows, and five years of
-- the city are read in time. It is counted anew every night; until then it is counted as it is asked for.
DELETE FROM "figure_months";--> statement-breakpoint
ALTER TABLE "figure_months" ALTER COLUMN "unit_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_months" ALTER COLUMN "kind" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_months" ADD CONSTRAINT "figure_months_ways" CHECK (case when "figure_months"."days" is null then num_nulls("figure_months"."unit_id", "figure_months"."kind") = 0 else num_nulls("figure_months"."unit_id", "figure_months"."kind") = 1 end);
