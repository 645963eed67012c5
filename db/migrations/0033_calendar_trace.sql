-- What a finished change of the calendar says goes when its time is over (KEEP_CASES_YEARS, at least one); before that nobody removes it.
CREATE OR REPLACE FUNCTION calendar_changes_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moves text[] := '{reached,passed_over,moved,done_at}';
BEGIN
  IF TG_OP = 'DELETE' AND OLD.done_at IS NOT NULL AND OLD.at < now() - interval '364 days' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - moves) IS DISTINCT FROM (to_jsonb(NEW) - moves) THEN
    RAISE EXCEPTION 'calendar_changes is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
