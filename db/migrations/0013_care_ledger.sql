-- The ledgers are append-only: a payment made by mistake is reversed by an entry of its own. Only who received it and why may be
-- sealed anew with another key, or erased when its time is over.
CREATE FUNCTION refuse_change_but_details() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'details' = to_jsonb(OLD) - 'details' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER care_payments_append_only BEFORE UPDATE OR DELETE ON "care_payments"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_but_details();
--> statement-breakpoint
CREATE TRIGGER care_payments_no_truncate BEFORE TRUNCATE ON "care_payments"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER budget_entries_append_only BEFORE UPDATE OR DELETE ON "budget_entries"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER budget_entries_no_truncate BEFORE TRUNCATE ON "budget_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Nobody writes who looked anew; when its time is over it goes.
CREATE TRIGGER care_flag_readings_append_only BEFORE UPDATE ON "care_flag_readings"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER care_flag_readings_no_truncate BEFORE TRUNCATE ON "care_flag_readings"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What is left for a person and of a budget follows from the ledgers and from nothing else.
CREATE FUNCTION refuse_other_writers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('DELETE', 'TRUNCATE') OR pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION '% is written by its ledger only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER care_allowances_by_ledger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "care_allowances"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_writers();
--> statement-breakpoint
CREATE TRIGGER budget_lines_by_ledger BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "budget_lines"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_writers();
--> statement-breakpoint
CREATE FUNCTION refuse_payment(what text, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', TABLE = 'care_payments', CONSTRAINT = what;
END $$;
--> statement-breakpoint
-- 第十九条: a reservation must be of a ceiling in force, in the period that this ceiling is counted in; every later entry of the
-- payment is about the same person, money and sum, whatever its writer says.
CREATE FUNCTION care_payments_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  reserved care_payments;
  person retirees;
BEGIN
  IF NEW.entry = 'reserve' THEN
    NEW.payment_id := NEW.id;
    SELECT * INTO person FROM retirees WHERE id = NEW.retiree_id;
    IF NOT EXISTS (
      SELECT FROM care_ceilings c
       WHERE c.ceiling = NEW.ceiling AND c.kind = NEW.kind AND c.since <= NEW.day
         AND CASE c.per
               WHEN 'year' THEN NEW.period = NEW.year::text
               WHEN 'case' THEN NEW.period = NEW.case_id::text
               WHEN 'death' THEN NEW.period = 'death'
               ELSE NEW.period = c.per AND extract(year FROM person.born) + c.per::int = NEW.year
             END) THEN
      PERFORM refuse_payment('care_payments_period', 'no such ceiling, or not in this period');
    END IF;
    IF (NEW.ceiling = 'bereavement') <> (person.died_on IS NOT NULL) THEN
      PERFORM refuse_payment('care_payments_alive', 'for the living, but bereavement');
    END IF;
    IF extract(year FROM NEW.day) <> NEW.year THEN
      PERFORM refuse_payment('care_payments_in_year', 'reserved outside the budget year');
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.entry = 'reverse' AND NEW.details IS NULL THEN
    PERFORM refuse_payment('care_payments_why', 'reversed without a reason');
  END IF;
  SELECT * INTO reserved FROM care_payments WHERE payment_id = NEW.payment_id AND entry = 'reserve';
  IF NOT FOUND THEN PERFORM refuse_payment('care_payments_reserved', 'nothing was reserved'); END IF;
  IF NEW.entry = 'reverse' AND NOT EXISTS (
    SELECT FROM care_payments WHERE payment_id = NEW.payment_id AND entry = 'pay') THEN
    PERFORM refuse_payment('care_payments_reserved', 'nothing was paid');
  END IF;
  NEW.retiree_id := reserved.retiree_id;
  NEW.unit_id := reserved.unit_id;
  NEW.year := reserved.year;
  NEW.kind := reserved.kind;
  NEW.ceiling := reserved.ceiling;
  NEW.period := reserved.period;
  NEW.form := reserved.form;
  NEW.fen := reserved.fen;
  NEW.case_id := reserved.case_id;
  NEW.batch_id := reserved.batch_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER care_payments_check BEFORE INSERT ON "care_payments"
  FOR EACH ROW EXECUTE FUNCTION care_payments_check();
--> statement-breakpoint
-- Sums up what a statement added: first the allowances by retiree, then the budgets, always in this order, so that two programs
-- wait for each other instead of locking each other out.
CREATE FUNCTION care_payments_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  a record;
  b record;
  c care_ceilings;
BEGIN
  FOR a IN
    SELECT retiree_id, ceiling, period, max(day) AS day,
           sum(CASE entry WHEN 'reserve' THEN fen ELSE -fen END) AS fen,
           sum(CASE entry WHEN 'reserve' THEN 1 ELSE -1 END) AS uses
      FROM added WHERE entry <> 'pay'
     GROUP BY retiree_id, ceiling, period ORDER BY retiree_id, ceiling, period
  LOOP
    SELECT * INTO c FROM care_ceilings
     WHERE ceiling = a.ceiling AND since <= a.day AND (per = a.period OR per IN ('year', 'case', 'death'))
     ORDER BY since DESC LIMIT 1;
    INSERT INTO care_allowances (retiree_id, ceiling, period, limit_fen, max_uses)
    VALUES (a.retiree_id, a.ceiling, a.period, c.limit_fen, c.max_uses)
    ON CONFLICT DO NOTHING;
    UPDATE care_allowances
       SET used_fen = used_fen + a.fen, uses = care_allowances.uses + a.uses,
           -- A lower figure binds whoever gives from now on, and takes nothing from what was given before.
           limit_fen = CASE WHEN a.fen > 0 THEN c.limit_fen ELSE limit_fen END,
           max_uses = CASE WHEN a.fen > 0 THEN c.max_uses ELSE max_uses END
     WHERE retiree_id = a.retiree_id AND ceiling = a.ceiling AND period = a.period;
    IF c.per = 'case' THEN
      INSERT INTO care_allowances (retiree_id, ceiling, period, limit_fen, max_uses)
      VALUES (a.retiree_id, a.ceiling, 'life', 0, c.life_uses)
      ON CONFLICT DO NOTHING;
      UPDATE care_allowances
         SET uses = care_allowances.uses + a.uses,
             max_uses = CASE WHEN a.fen > 0 THEN c.life_uses ELSE max_uses END
       WHERE retiree_id = a.retiree_id AND ceiling = a.ceiling AND period = 'life';
    END IF;
  END LOOP;
  FOR b IN
    SELECT unit_id, year, kind,
           sum(CASE entry WHEN 'reserve' THEN fen WHEN 'reverse' THEN 0 ELSE -fen END) AS reserved,
           sum(CASE entry WHEN 'pay' THEN fen WHEN 'reverse' THEN -fen ELSE 0 END) AS spent
      FROM added GROUP BY unit_id, year, kind ORDER BY unit_id, year, kind
  LOOP
    UPDATE budget_lines SET reserved_fen = reserved_fen + b.reserved, spent_fen = spent_fen + b.spent
     WHERE unit_id = b.unit_id AND year = b.year AND kind = b.kind;
    IF NOT FOUND THEN PERFORM refuse_payment('budget_lines_total', 'there is no budget'); END IF;
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER care_payments_sum AFTER INSERT ON "care_payments"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION care_payments_sum();
--> statement-breakpoint
-- 第二十条: a budget is entered once; whatever changes it names the 批复.
CREATE FUNCTION budget_entries_sum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(NEW.approval, '') = '' AND EXISTS (
    SELECT FROM budget_lines WHERE unit_id = NEW.unit_id AND year = NEW.year AND kind = NEW.kind) THEN
    RAISE EXCEPTION 'a change of a budget needs its approval'
      USING ERRCODE = 'check_violation', TABLE = 'budget_entries', CONSTRAINT = 'budget_entries_approval';
  END IF;
  INSERT INTO budget_lines (unit_id, year, kind)
  SELECT NEW.unit_id, NEW.year, k FROM unnest(ARRAY[NEW.kind, NEW.to_kind]) k WHERE k IS NOT NULL ORDER BY k
  ON CONFLICT DO NOTHING;
  PERFORM FROM budget_lines
    WHERE unit_id = NEW.unit_id AND year = NEW.year AND kind IN (NEW.kind, NEW.to_kind) ORDER BY kind FOR UPDATE;
  UPDATE budget_lines SET total_fen = total_fen + CASE WHEN NEW.to_kind IS NULL THEN NEW.fen ELSE -NEW.fen END
   WHERE unit_id = NEW.unit_id AND year = NEW.year AND kind = NEW.kind;
  UPDATE budget_lines SET total_fen = total_fen + NEW.fen
   WHERE unit_id = NEW.unit_id AND year = NEW.year AND kind = NEW.to_kind;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER budget_entries_sum AFTER INSERT ON "budget_entries"
  FOR EACH ROW EXECUTE FUNCTION budget_entries_sum();
