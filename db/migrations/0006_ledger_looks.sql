-- The state of an execution is the highest rank over its results and events (joints.md); `server/deliveries/status.ts`
-- holds the same order, and a test compares the two. A settled or late proof outranks `unknown`.
CREATE FUNCTION execution_state_rank(state text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (CASE state
    WHEN 'pending' THEN 0 WHEN 'held' THEN 1 WHEN 'retrying' THEN 2 WHEN 'sending' THEN 3 WHEN 'cancelled' THEN 4
    WHEN 'skipped' THEN 5 WHEN 'unknown' THEN 6 WHEN 'sent' THEN 7 WHEN 'failed' THEN 8 WHEN 'delivered' THEN 9
    WHEN 'read' THEN 10 WHEN 'bounced' THEN 11 WHEN 'held_out' THEN 12 END)::smallint
$$;
--> statement-breakpoint
-- Everything that says something about an execution's state: results of attempts, settlements, and providers' events.
CREATE VIEW execution_outcomes WITH (security_invoker = true) AS
  SELECT part, run_number, seq, state, reason, detail, at, not_before, batch_number FROM execution_results
  UNION ALL
  SELECT part, run_number, seq, kind, detail ->> 'reason', detail ->> 'detail', occurred_at, NULL, NULL FROM delivery_events
  WHERE kind IN ('delivered', 'read', 'bounced', 'failed');
--> statement-breakpoint
GRANT SELECT ON execution_outcomes TO ringback_app;
--> statement-breakpoint
-- Open batches of active campaigns for the worker: those that nobody holds first, one of each run in turn, so that a
-- large campaign never keeps a small one waiting. The holder's name lets a process see that it is dead.
DROP FUNCTION open_batches(integer);
--> statement-breakpoint
CREATE FUNCTION leasable_batches(most integer)
RETURNS TABLE (workspace_id uuid, run_number bigint, batch_number integer, lease_owner text, free boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT o.workspace_id, o.run_number, o.batch_number, o.lease_owner, o.free FROM (
    SELECT b.workspace_id, b.run_number, b.batch_number, b.lease_owner,
      b.lease_owner IS NULL OR b.lease_until < clock_now() AS free,
      row_number() OVER (PARTITION BY b.run_number ORDER BY b.batch_number) AS turn
    FROM execution_batches b JOIN campaigns c ON c.id = b.campaign_id
    WHERE b.status = 'open' AND c.status = 'active') o
  ORDER BY o.free DESC, o.turn, o.run_number LIMIT most
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION runs_with_due_executions(most integer) RETURNS TABLE (workspace_id uuid, run_number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT d.workspace_id, d.run_number FROM executions_due d
  JOIN campaign_runs r ON r.number = d.run_number JOIN campaigns c ON c.id = r.campaign_id
  WHERE d.not_before <= clock_now() AND c.status = 'active' GROUP BY 1, 2 LIMIT most
$$;
--> statement-breakpoint
-- Runs of active campaigns with nothing left to send; `last_batch` moves when more was sealed meanwhile.
CREATE FUNCTION drained_runs(most integer)
RETURNS TABLE (workspace_id uuid, campaign_id uuid, run_number bigint, last_batch integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.workspace_id, r.campaign_id, r.number,
    coalesce((SELECT max(b.batch_number) FROM execution_batches b WHERE b.run_number = r.number), 0)
  FROM campaign_runs r JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.status = 'active' AND c.status = 'active'
    AND NOT EXISTS (SELECT FROM execution_batches b WHERE b.run_number = r.number AND b.status = 'open')
    AND NOT EXISTS (SELECT FROM executions_due d WHERE d.run_number = r.number)
  ORDER BY r.number LIMIT most
$$;
--> statement-breakpoint
-- Who holds a lease: journals of the others are no longer needed.
CREATE FUNCTION lease_owners() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT b.lease_owner FROM execution_batches b WHERE b.status = 'open' AND b.lease_owner IS NOT NULL
$$;
