SELECT secure_workspace_tables();
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON default_sending_windows FROM ringback_app;
--> statement-breakpoint
-- Hours of contact at the recipient's place, gathered from public sources (docs/decisions); not legal advice. A later rule
-- is a later row.
INSERT INTO default_sending_windows (country, channel, purpose, valid_from, from_minute, to_minute, days, basis)
SELECT w.country, w.channel, w.purpose, '2000-01-01', w.opens * 60, w.closes * 60, '{1,2,3,4,5,6,7}', w.basis
FROM (VALUES
  ('IN', 'sms', 'promotional', 10, 21, 'Operators deliver DLT promotion from 10:00 to 21:00'),
  ('IN', 'whatsapp', 'promotional', 10, 21, 'As for SMS'),
  ('IN', 'sms', 'service', 8, 21, 'Product default; operators deliver at any hour'),
  ('IN', 'whatsapp', 'service', 8, 21, 'Product default'),
  ('IN', 'call', 'promotional', 10, 19, 'Product default, inside TCCCPR time bands'),
  ('IN', 'call', 'requested', 9, 21, 'Product default for calls that the customer asked for'),
  ('US', 'sms', 'promotional', 8, 21, '47 CFR 64.1200(c)(1)'),
  ('US', 'sms', 'service', 8, 21, 'Product default'),
  ('US', 'whatsapp', 'promotional', 8, 21, '47 CFR 64.1200(c)(1)'),
  ('US', 'whatsapp', 'service', 8, 21, 'Product default'),
  ('US', 'call', 'promotional', 8, 21, '47 CFR 64.1200(c)(1)'),
  ('US', 'call', 'requested', 8, 21, 'Product default')
) AS w (country, channel, purpose, opens, closes, basis);
--> statement-breakpoint
-- Makes a table that a ledger part will become: as its parent, without keys. Attaching it later takes no lock that
-- readers or writers of the ledger wait for; CREATE TABLE … PARTITION OF would.
CREATE FUNCTION prepare_ledger_table(parent text, part integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE child text := parent || '_p' || part;
BEGIN
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)', child, parent);
  RETURN child;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION prepare_ledger_table(text, integer) FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION attach_ledger_table(parent text, part integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE child text := parent || '_p' || part;
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', child);
  EXECUTE format('CREATE POLICY workspace_isolation ON %I USING (workspace_id = current_workspace_id()) WITH CHECK (workspace_id = current_workspace_id())', child);
  EXECUTE format('REVOKE ALL ON %I FROM ringback_app', child);
  EXECUTE format('GRANT SELECT, INSERT ON %I TO ringback_app', child);
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', parent, child, part);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION attach_ledger_table(text, integer) FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION create_ledger_part(part integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE parent text;
BEGIN
  IF part IS NULL OR part < 1 THEN RAISE EXCEPTION 'a ledger part is a positive number'; END IF;
  FOREACH parent IN ARRAY ARRAY['executions', 'execution_results', 'delivery_events'] LOOP
    CONTINUE WHEN to_regclass(parent || '_p' || part) IS NOT NULL;
    PERFORM prepare_ledger_table(parent, part);
    PERFORM attach_ledger_table(parent, part);
  END LOOP;
END $$;
--> statement-breakpoint
-- A large run's own part while its audience is written: a table `executions_p<part>` without keys and without row-level
-- security, which nobody else sees before the transaction that fills it commits. `attach_run_part` ends it.
CREATE FUNCTION prepare_run_part(run bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE found integer;
BEGIN
  INSERT INTO ledger_parts (run_number) VALUES (run) ON CONFLICT (run_number) DO NOTHING;
  SELECT l.part INTO found FROM ledger_parts l WHERE l.run_number = run;
  EXECUTE format('GRANT INSERT ON %I TO ringback_app', prepare_ledger_table('executions', found));
  RETURN found;
END $$;
--> statement-breakpoint
-- Keys are built over all rows at once, several times faster than row by row. The check spares ATTACH its own scan.
CREATE FUNCTION attach_run_part(run bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
SET maintenance_work_mem = '128MB' AS $$
DECLARE found integer; child text;
BEGIN
  SELECT l.part INTO found FROM ledger_parts l WHERE l.run_number = run;
  child := 'executions_p' || found;
  EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (part, run_number, seq), ADD UNIQUE (part, run_number, customer_id, occurrence, step), ADD CONSTRAINT in_part CHECK (part = %s)', child, found);
  EXECUTE format('CREATE INDEX ON %I (workspace_id, customer_id)', child);
  PERFORM attach_ledger_table('executions', found);
  EXECUTE format('ALTER TABLE %I DROP CONSTRAINT in_part', child);
  PERFORM create_ledger_part(found);
END $$;
--> statement-breakpoint
-- Open batches for the worker, as before; none of a workspace that has stopped sending, of a paused account, or of one
-- that a provider asked to wait.
CREATE OR REPLACE FUNCTION leasable_batches(most integer)
RETURNS TABLE (workspace_id uuid, run_number bigint, batch_number integer, lease_owner text, free boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT o.workspace_id, o.run_number, o.batch_number, o.lease_owner, o.free FROM (
    SELECT b.workspace_id, b.run_number, b.batch_number, b.lease_owner,
      b.lease_owner IS NULL OR b.lease_until < clock_now() AS free,
      row_number() OVER (PARTITION BY b.run_number ORDER BY b.batch_number) AS turn
    FROM execution_batches b
    JOIN campaigns c ON c.id = b.campaign_id
    JOIN workspaces w ON w.id = b.workspace_id
    LEFT JOIN channel_accounts a ON a.workspace_id = b.workspace_id AND a.channel = b.channel AND a.is_default
      AND a.status <> 'archived'
    LEFT JOIN channel_buckets k ON k.account_id = a.id
    WHERE b.status = 'open' AND c.status = 'active' AND w.sending_stopped_at IS NULL
      AND a.status IS DISTINCT FROM 'paused' AND (k.blocked_until IS NULL OR k.blocked_until <= clock_now())) o
  ORDER BY o.free DESC, o.turn, o.run_number LIMIT most
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION drained_runs(most integer)
RETURNS TABLE (workspace_id uuid, campaign_id uuid, run_number bigint, last_batch integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.workspace_id, r.campaign_id, r.number,
    coalesce((SELECT max(b.batch_number) FROM execution_batches b WHERE b.run_number = r.number), 0)
  FROM campaign_runs r JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.status = 'active' AND c.status = 'active'
    AND NOT EXISTS (SELECT FROM execution_batches b WHERE b.run_number = r.number AND b.status = 'open')
    AND NOT EXISTS (SELECT FROM executions_due d WHERE d.run_number = r.number)
    AND NOT EXISTS (SELECT FROM fall_backs_due f WHERE f.run_number = r.number)
  ORDER BY r.number LIMIT most
$$;
--> statement-breakpoint
CREATE FUNCTION runs_with_due_fall_backs(most integer) RETURNS TABLE (workspace_id uuid, run_number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT f.workspace_id, f.run_number FROM fall_backs_due f
  JOIN campaign_runs r ON r.number = f.run_number JOIN campaigns c ON c.id = r.campaign_id
  WHERE f.not_before <= clock_now() AND c.status = 'active' GROUP BY 1, 2 LIMIT most
$$;
--> statement-breakpoint
-- Runs with provider events that came before the result of their attempt.
CREATE FUNCTION runs_with_uncounted_events(most integer) RETURNS TABLE (workspace_id uuid, run_number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT d.workspace_id, d.run_number FROM delivery_events d WHERE NOT d.counted LIMIT most
$$;
--> statement-breakpoint
-- No cap looks back further than 90 days.
CREATE FUNCTION purge_sending_reservations() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  WITH gone AS (
    DELETE FROM sending_reservations r USING (
      SELECT run_number, seq FROM sending_reservations WHERE at < clock_now() - interval '91 days' LIMIT 10000) old
    WHERE r.run_number = old.run_number AND r.seq = old.seq RETURNING 1)
  SELECT count(*) FROM gone
$$;
