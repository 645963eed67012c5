-- The timeline of a case is append-only: what happened stays as it was written.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER case_events_append_only BEFORE UPDATE OR DELETE ON "case_events"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER case_events_no_truncate BEFORE TRUNCATE ON "case_events"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Case numbers: eight digits from here, the ninth checks them.
CREATE SEQUENCE case_numbers START 10000001;
--> statement-breakpoint
-- Processes keep units and the calendar in memory; this tells them that a row changed.
CREATE FUNCTION tell_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('changed', TG_TABLE_NAME);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER units_changed AFTER INSERT OR UPDATE OR DELETE ON "units"
  FOR EACH STATEMENT EXECUTE FUNCTION tell_changed();
--> statement-breakpoint
CREATE TRIGGER calendar_changed AFTER INSERT OR UPDATE OR DELETE ON "calendar_days"
  FOR EACH STATEMENT EXECUTE FUNCTION tell_changed();
--> statement-breakpoint
-- Sessions are cached for a few seconds by each process; ending one is told at once.
CREATE FUNCTION tell_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL THEN
    PERFORM pg_notify('session_ended', NEW.account_id::text);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER sessions_ended AFTER UPDATE ON "sessions"
  FOR EACH ROW EXECUTE FUNCTION tell_session_ended();
