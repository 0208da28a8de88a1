SELECT secure_workspace_tables();
--> statement-breakpoint
-- Numbers of live entries within their run, given without a lock: two events at once for one automation never wait for each
-- other's commit. After two thousand million it begins again, when no run can still hold the first ones.
CREATE SEQUENCE live_executions AS integer CYCLE;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE live_executions TO ringback_app;
--> statement-breakpoint
-- A version of an automation that takes entries has always something to come.
CREATE OR REPLACE FUNCTION drained_runs(most integer)
RETURNS TABLE (workspace_id uuid, campaign_id uuid, run_number bigint, last_batch integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.workspace_id, r.campaign_id, r.number,
    coalesce((SELECT max(b.batch_number) FROM execution_batches b WHERE b.run_number = r.number), 0)
  FROM campaign_runs r JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.status = 'active' AND NOT r.live AND c.status = 'active'
    AND NOT EXISTS (SELECT FROM execution_batches b WHERE b.run_number = r.number AND b.status = 'open')
    AND NOT EXISTS (SELECT FROM executions_due d WHERE d.run_number = r.number)
    AND NOT EXISTS (SELECT FROM fall_backs_due f WHERE f.run_number = r.number)
  ORDER BY r.number LIMIT most
$$;
--> statement-breakpoint
-- Automations that wait for days, scores or segments, or with people inside; each quarter of an hour they are looked at.
CREATE FUNCTION automations_to_look_at() RETURNS TABLE (workspace_id uuid, campaign_ids uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.workspace_id, array_agg(a.campaign_id ORDER BY a.campaign_id) FROM automations a JOIN campaigns c ON c.id = a.campaign_id
  WHERE c.status = 'active' AND (a.follows OR EXISTS (
    SELECT FROM automation_triggers t WHERE t.campaign_id = a.campaign_id AND t.listens NOT LIKE 'event:%'))
  GROUP BY a.workspace_id
$$;
