CREATE TABLE "benefit_rules" (
	"since" date PRIMARY KEY NOT NULL,
	"rule" jsonb NOT NULL,
	"source" text NOT NULL,
	"entered_by" uuid,
	"entered_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "false_reports" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid,
	"phone_index" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "income_bases" (
	"n" bigserial PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"year_fen" bigint NOT NULL,
	"source" text NOT NULL,
	"entered_by" uuid,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "income_bases_positive" CHECK ("income_bases"."year_fen" > 0)
);
--> statement-breakpoint
CREATE INDEX "false_reports_account" ON "false_reports" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "false_reports_at" ON "false_reports" USING btree ("at");--> statement-breakpoint
CREATE INDEX "false_reports_phone" ON "false_reports" USING btree ("phone_index");--> statement-breakpoint
CREATE INDEX "income_bases_year" ON "income_bases" USING btree ("year","n");--> statement-breakpoint
-- A figure that an estimate was made by stays as it was entered; a correction is a new entry.
CREATE TRIGGER income_bases_append_only BEFORE UPDATE OR DELETE ON "income_bases"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- 人社部发〔2021〕18号, checked against the published text on 2026-11-25: years count by the month (第五条).
INSERT INTO "benefit_rules" ("since", "rule", "source", "entered_at") VALUES (
  '2021-09-01',
  '{"funeralMonths": 2,
    "steps": [{"underYears": 5, "months": 3}, {"underYears": 10, "months": 6}],
    "beyond": {"years": 15, "months": 9, "most": 24},
    "drawn": {"perYear": 1, "least": 9}}',
  '人社部发〔2021〕18号',
  '2026-11-25T00:00:00Z');
