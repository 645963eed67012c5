CREATE TABLE "staff_events" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act" text NOT NULL,
	"unit_id" text NOT NULL,
	"role" text NOT NULL,
	"account_id" uuid,
	"name" text NOT NULL,
	"by_id" uuid NOT NULL,
	"words" "bytea",
	"to_unit_id" text
);
--> statement-breakpoint
ALTER TABLE "unmaskings" DROP CONSTRAINT "unmaskings_retiree_id_at_account_id_pk";--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "login_id" uuid;--> statement-breakpoint
ALTER TABLE "unmaskings" ADD COLUMN "id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL;--> statement-breakpoint
ALTER TABLE "unmaskings" ADD COLUMN "unit_id" text NOT NULL;--> statement-breakpoint
ALTER TABLE "unmaskings" ADD COLUMN "words" "bytea";--> statement-breakpoint
CREATE INDEX "staff_events_unit" ON "staff_events" USING btree ("unit_id","id");--> statement-breakpoint
CREATE INDEX "unmaskings_retiree" ON "unmaskings" USING btree ("retiree_id","at");--> statement-breakpoint
-- What a session may do hangs on its proof of the second factor as well: a change of it is told as its end is.
CREATE OR REPLACE FUNCTION tell_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ended_at IS DISTINCT FROM OLD.ended_at OR NEW.proven_at IS DISTINCT FROM OLD.proven_at THEN
    PERFORM pg_notify('session_ended', NEW.account_id::text);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER second_factors_changed AFTER INSERT OR UPDATE OF confirmed_at OR DELETE ON "second_factors"
  FOR EACH ROW EXECUTE FUNCTION tell_reach_changed();
