CREATE TABLE "calendar_changes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" uuid NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"before" jsonb NOT NULL,
	"reached" uuid,
	"passed_over" boolean DEFAULT false NOT NULL,
	"moved" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "calendar_changes_kind" CHECK ("kind" in ('holiday', 'workday', 'ordinary')),
	CONSTRAINT "calendar_changes_forward" CHECK ("first_day" <= "last_day")
);
--> statement-breakpoint
CREATE INDEX "calendar_changes_day" ON "calendar_changes" USING btree ("first_day","id");--> statement-breakpoint
CREATE INDEX "calendar_changes_open" ON "calendar_changes" USING btree ("id") WHERE "done_at" is null;--> statement-breakpoint
-- Who changed which day stays as it was written; only how far the deadlines have followed moves on.
CREATE FUNCTION calendar_changes_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moves text[] := '{reached,passed_over,moved,done_at}';
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - moves) IS DISTINCT FROM (to_jsonb(NEW) - moves) THEN
    RAISE EXCEPTION 'calendar_changes is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER calendar_changes_keep BEFORE UPDATE OR DELETE ON "calendar_changes"
  FOR EACH ROW EXECUTE FUNCTION calendar_changes_keep();
--> statement-breakpoint
CREATE TABLE "leaves" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"post_id" uuid NOT NULL REFERENCES "posts"("id"),
	"deputy_id" uuid NOT NULL REFERENCES "posts"("id"),
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "leaves_forward" CHECK ("first_day" <= "last_day"),
	CONSTRAINT "leaves_other" CHECK ("post_id" <> "deputy_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "leaves_one" ON "leaves" USING btree ("post_id") WHERE "ended_at" is null;--> statement-breakpoint
CREATE INDEX "leaves_deputy" ON "leaves" USING btree ("deputy_id") WHERE "ended_at" is null;--> statement-breakpoint
CREATE INDEX "leaves_post_ever" ON "leaves" USING btree ("post_id","id");
--> statement-breakpoint
CREATE TABLE "responsible" (
	"unit_id" text PRIMARY KEY NOT NULL REFERENCES "units"("id"),
	"post_id" uuid NOT NULL REFERENCES "posts"("id"),
	"named_by" uuid NOT NULL,
	"named_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "responsible_post" ON "responsible" USING btree ("post_id");
