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
