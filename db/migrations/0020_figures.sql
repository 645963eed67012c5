ALTER TABLE "cases" ADD COLUMN "used_days" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "late" boolean;--> statement-breakpoint
ALTER TABLE "cases" ALTER COLUMN "late" SET DEFAULT false;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "decided_at" timestamp with time zone;--> statement-breakpoint
-- What was decided before: when, and in how many working days, those with the applicant left out. Whether it was late nobody kept.
WITH "moves" AS (
	SELECT "case_id", "seq", "status", "at", lead("at") OVER (PARTITION BY "case_id" ORDER BY "seq") AS "next"
	FROM "case_events"
), "first" AS (
	SELECT "case_id", min("seq") AS "seq", min("at") AS "at"
	FROM "moves" WHERE "status" IN ('entering', 'approved', 'rejected') GROUP BY "case_id"
), "days" AS (
	SELECT "d"::date AS "day", sum(CASE WHEN coalesce("c"."works", extract(isodow FROM "d") < 6) THEN 1 ELSE 0 END) OVER (ORDER BY "d") AS "n"
	FROM (SELECT min("opened_at") AS "from" FROM "cases") AS "start",
	generate_series("start"."from"::date - 1, current_date + 1, interval '1 day') AS "d"
	LEFT JOIN "calendar_days" AS "c" ON "c"."day" = "d"::date
), "away" AS (
	SELECT "moves"."case_id", sum("b"."n" - "a"."n") AS "n"
	FROM "moves"
	JOIN "first" ON "first"."case_id" = "moves"."case_id" AND "moves"."seq" < "first"."seq"
	JOIN "days" AS "a" ON "a"."day" = ("moves"."at" AT TIME ZONE 'Asia/Shanghai')::date
	JOIN "days" AS "b" ON "b"."day" = ("moves"."next" AT TIME ZONE 'Asia/Shanghai')::date
	WHERE "moves"."status" = 'returned' GROUP BY "moves"."case_id"
)
UPDATE "cases" SET
	"decided_at" = "first"."at",
	"used_days" = greatest("b"."n" - "a"."n" - coalesce((SELECT "n" FROM "away" WHERE "away"."case_id" = "cases"."id"), 0), 0)
FROM "first", "days" AS "a", "days" AS "b"
WHERE "first"."case_id" = "cases"."id"
	AND "a"."day" = ("cases"."opened_at" AT TIME ZONE 'Asia/Shanghai')::date
	AND "b"."day" = ("first"."at" AT TIME ZONE 'Asia/Shanghai')::date;--> statement-breakpoint
UPDATE "cases" SET "late" = false WHERE "decided_at" IS NULL AND "closed_at" IS NULL;--> statement-breakpoint
CREATE INDEX "cases_received" ON "cases" USING btree ("unit_id","opened_at","kind","returns");--> statement-breakpoint
CREATE INDEX "cases_decided" ON "cases" USING btree ("unit_id","decided_at","kind","used_days","late","stars") WHERE "decided_at" is not null;--> statement-breakpoint
CREATE TABLE "figure_months" (
	"unit_id" text NOT NULL,
	"month" date NOT NULL,
	"kind" text NOT NULL,
	"days" smallint,
	"late" boolean,
	"received" integer DEFAULT 0 NOT NULL,
	"returned" integer DEFAULT 0 NOT NULL,
	"decided" integer DEFAULT 0 NOT NULL,
	"stars" integer DEFAULT 0 NOT NULL,
	"rated" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "figure_months_month" ON "figure_months" USING btree ("month");
