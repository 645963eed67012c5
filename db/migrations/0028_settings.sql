ALTER TABLE "units" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
-- Hours were the same on every working day; now each day of the week has its own.
UPDATE "units" SET "hours" = jsonb_build_object(
	'week', jsonb_build_array("hours", "hours", "hours", "hours", "hours", NULL, NULL),
	'pause', NULL,
	'exceptions', '[]'::jsonb
) WHERE "hours" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_phone" CHECK ("phone" ~ '^[0-9][0-9-]{4,19}$');--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_hours" CHECK (jsonb_array_length("hours" -> 'week') = 7);--> statement-breakpoint
CREATE TABLE "setting_changes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" uuid NOT NULL,
	"unit_id" text NOT NULL REFERENCES "units"("id"),
	"what" text NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	CONSTRAINT "setting_changes_what" CHECK ("what" in ('unit', 'reasons', 'words'))
);
--> statement-breakpoint
CREATE INDEX "setting_changes_unit" ON "setting_changes" USING btree ("unit_id","what","id");--> statement-breakpoint
CREATE INDEX "setting_changes_at" ON "setting_changes" USING btree ("at");--> statement-breakpoint
-- Who changed what is never rewritten; it goes when its time is over.
CREATE TRIGGER setting_changes_keep BEFORE UPDATE ON "setting_changes"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TABLE "usual_reasons" (
	"unit_id" text NOT NULL REFERENCES "units"("id"),
	"kind" text NOT NULL,
	"verb" text NOT NULL,
	"reasons" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	PRIMARY KEY ("unit_id", "kind", "verb"),
	CONSTRAINT "usual_reasons_verb" CHECK ("verb" in ('return', 'reject')),
	CONSTRAINT "usual_reasons_few" CHECK (cardinality("reasons") <= 10)
);
--> statement-breakpoint
-- Processes keep the reasons in memory.
CREATE TRIGGER usual_reasons_changed AFTER INSERT OR UPDATE OR DELETE ON "usual_reasons"
  FOR EACH STATEMENT EXECUTE FUNCTION tell_changed();
--> statement-breakpoint
CREATE TABLE "message_words" (
	"kind" text NOT NULL,
	"template" text NOT NULL,
	"locale" text NOT NULL,
	"words" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	PRIMARY KEY ("kind", "template", "locale"),
	CONSTRAINT "message_words_locale" CHECK ("locale" in ('zh-CN', 'zh-Hant', 'en')),
	CONSTRAINT "message_words_long" CHECK (char_length("words") <= 300)
);
--> statement-breakpoint
-- Processes keep the words in memory.
CREATE TRIGGER message_words_changed AFTER INSERT OR UPDATE OR DELETE ON "message_words"
  FOR EACH STATEMENT EXECUTE FUNCTION tell_changed();
--> statement-breakpoint
-- What a finished change of the calendar says goes when its time is over.
CREATE OR REPLACE FUNCTION calendar_changes_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moves text[] := '{reached,passed_over,moved,done_at}';
BEGIN
  IF TG_OP = 'DELETE' AND OLD.done_at IS NOT NULL THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - moves) IS DISTINCT FROM (to_jsonb(NEW) - moves) THEN
    RAISE EXCEPTION 'calendar_changes is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
