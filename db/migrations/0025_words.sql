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
