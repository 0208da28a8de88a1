SELECT secure_workspace_tables();
--> statement-breakpoint
REVOKE UPDATE ON engagement_crossings FROM ringback_app;
--> statement-breakpoint
-- Marks customers for re-evaluation: the n-th customer with the n-th word of what happened. One row a customer, locked in
-- the order of their ids, so that two batches never wait for each other in a circle. A touch during an evaluation raises
-- the number, and the evaluation, which saw the old one, leaves the row.
CREATE FUNCTION touch_customers(workspace uuid, touched uuid[], happened text[]) RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO touched_customers (workspace_id, customer_id, kinds)
  SELECT workspace, t.customer, array_agg(DISTINCT t.kind) FROM unnest(touched, happened) AS t(customer, kind)
  GROUP BY t.customer ORDER BY t.customer
  ON CONFLICT (workspace_id, customer_id) DO UPDATE SET touch = touched_customers.touch + 1,
    kinds = ARRAY(SELECT DISTINCT k FROM unnest(touched_customers.kinds || excluded.kinds) AS k ORDER BY k)
$$;
--> statement-breakpoint
-- Workspaces with somebody to evaluate whom nobody holds; a probe for each workspace instead of a walk over all marks.
CREATE OR REPLACE FUNCTION workspaces_with_touched_customers(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w WHERE EXISTS (SELECT FROM touched_customers t WHERE t.workspace_id = w.id
    AND (t.claimed_until IS NULL OR t.claimed_until <= clock_now())) LIMIT most
$$;
--> statement-breakpoint
-- Claims under way, with their holders: a worker frees those of processes that it knows to be dead.
CREATE FUNCTION touched_claims() RETURNS TABLE (workspace_id uuid, claimed_by text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT t.workspace_id, t.claimed_by FROM touched_customers t WHERE t.claimed_by IS NOT NULL
$$;
--> statement-breakpoint
-- What happened before this table was kept.
INSERT INTO customer_event_stats (workspace_id, customer_id, name, count, first_at, last_at)
SELECT workspace_id, customer_id, name, count(*), min(occurred_at), max(occurred_at) FROM customer_events GROUP BY 1, 2, 3
ON CONFLICT DO NOTHING;
--> statement-breakpoint
UPDATE import_changes c SET written_at = coalesce(i.finished_at, i.started_at) FROM imports i
WHERE i.id = c.import_id AND i.started_at IS NOT NULL;
