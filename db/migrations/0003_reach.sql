-- Whom an account may act for and where it works is cached with its sessions: a change is told as their end is.
CREATE FUNCTION tell_reach_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('session_ended', COALESCE(NEW.account_id, OLD.account_id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER links_changed AFTER INSERT OR UPDATE OR DELETE ON "links"
  FOR EACH ROW EXECUTE FUNCTION tell_reach_changed();
--> statement-breakpoint
CREATE TRIGGER posts_changed AFTER INSERT OR UPDATE OR DELETE ON "posts"
  FOR EACH ROW EXECUTE FUNCTION tell_reach_changed();
