-- Row-level security on every table that has a workspace_id, partitions included. Later migrations call
-- secure_workspace_tables() again after they add tables; a test fails when one is left open.
CREATE FUNCTION secure_workspace_tables() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE t regclass;
BEGIN
  FOR t IN
    SELECT c.oid::regclass FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY workspace_isolation ON %s USING (workspace_id = current_workspace_id()) WITH CHECK (workspace_id = current_workspace_id())', t);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION secure_workspace_tables() FROM PUBLIC;
--> statement-breakpoint
-- Two tables a person sees across workspaces: the own memberships, and the workspaces they lead to.
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY workspace_or_own ON memberships
  USING (workspace_id = current_workspace_id() OR user_id = current_user_id())
  WITH CHECK (workspace_id = current_workspace_id());
--> statement-breakpoint
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY workspace_or_member ON workspaces
  USING (id = current_workspace_id() OR EXISTS (SELECT FROM memberships m WHERE m.workspace_id = workspaces.id AND m.user_id = current_user_id()))
  WITH CHECK (id = current_workspace_id());
--> statement-breakpoint
SELECT secure_workspace_tables();
--> statement-breakpoint
-- Makes the partitions of one ledger part. Application code cannot run DDL; this is its only door to it.
CREATE FUNCTION create_ledger_part(part integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE parent text; child text;
BEGIN
  IF part IS NULL OR part < 1 THEN RAISE EXCEPTION 'a ledger part is a positive number'; END IF;
  FOREACH parent IN ARRAY ARRAY['executions', 'execution_results', 'delivery_events'] LOOP
    child := parent || '_p' || part;
    CONTINUE WHEN to_regclass(child) IS NOT NULL;
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (%s)', child, parent, part);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', child);
    EXECUTE format('CREATE POLICY workspace_isolation ON %I USING (workspace_id = current_workspace_id()) WITH CHECK (workspace_id = current_workspace_id())', child);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO ringback_app', child);
  END LOOP;
END $$;
--> statement-breakpoint
-- The shared part of a month, made on first use; one maker at a time.
CREATE FUNCTION shared_ledger_part(at timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE found integer; month_start date := date_trunc('month', at AT TIME ZONE 'UTC')::date;
BEGIN
  SELECT l.part INTO found FROM ledger_parts l WHERE l.month = month_start;
  IF found IS NOT NULL THEN RETURN found; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('ringback.ledger_parts'));
  INSERT INTO ledger_parts (month) VALUES (month_start) ON CONFLICT (month) DO NOTHING;
  SELECT l.part INTO found FROM ledger_parts l WHERE l.month = month_start;
  PERFORM create_ledger_part(found);
  RETURN found;
END $$;
--> statement-breakpoint
-- A run's own part (audience above 20,000), made on first use.
CREATE FUNCTION run_ledger_part(run bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE found integer;
BEGIN
  INSERT INTO ledger_parts (run_number) VALUES (run) ON CONFLICT (run_number) DO NOTHING;
  SELECT l.part INTO found FROM ledger_parts l WHERE l.run_number = run;
  PERFORM create_ledger_part(found);
  RETURN found;
END $$;
--> statement-breakpoint
-- The few looks across workspaces that processes need. They return ids, never content.
CREATE FUNCTION open_batches(most integer) RETURNS TABLE (workspace_id uuid, run_number bigint, batch_number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT b.workspace_id, b.run_number, b.batch_number
  FROM execution_batches b JOIN campaigns c ON c.id = b.campaign_id
  WHERE b.status = 'open' AND c.status = 'active'
  ORDER BY b.run_number, b.batch_number LIMIT most
$$;
--> statement-breakpoint
CREATE FUNCTION runs_with_due_executions(most integer) RETURNS TABLE (workspace_id uuid, run_number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT d.workspace_id, d.run_number FROM executions_due d WHERE d.not_before <= clock_now() LIMIT most
$$;
--> statement-breakpoint
CREATE FUNCTION workspace_of_run(run bigint) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.workspace_id FROM campaign_runs r WHERE r.number = run
$$;
--> statement-breakpoint
CREATE FUNCTION workspace_of_campaign(campaign uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.workspace_id FROM campaigns c WHERE c.id = campaign
$$;
--> statement-breakpoint
CREATE FUNCTION unsent_outbox(most integer) RETURNS TABLE (id bigint, workspace_id uuid, event_id text, name text, data jsonb)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  SELECT o.id, o.workspace_id, o.event_id, o.name, o.data FROM outbox o
  WHERE o.sent_at IS NULL ORDER BY o.id LIMIT most FOR UPDATE SKIP LOCKED
$$;
--> statement-breakpoint
CREATE FUNCTION mark_outbox_sent(ids bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE outbox SET sent_at = clock_now() WHERE id = ANY (ids)
$$;
--> statement-breakpoint
CREATE FUNCTION invitation_workspace(hash text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT i.workspace_id FROM invitations i WHERE i.token_hash = hash
$$;
--> statement-breakpoint
CREATE FUNCTION demo_workspace() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w WHERE w.is_demo ORDER BY w.id LIMIT 1
$$;
--> statement-breakpoint
-- What the application may do. Append-only tables give no UPDATE and no DELETE.
GRANT USAGE ON SCHEMA public TO ringback_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ringback_app;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ringback_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ringback_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ringback_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON audit_entries, consents, executions, execution_results FROM ringback_app;
--> statement-breakpoint
REVOKE DELETE ON delivery_events, campaign_runs, workspaces, users FROM ringback_app;
--> statement-breakpoint
REVOKE ALL ON clock_offset FROM ringback_app;
