SELECT secure_workspace_tables();
--> statement-breakpoint
-- Who was erased is found by nothing.
CREATE OR REPLACE FUNCTION customers_like(pattern text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.id FROM customers c
  WHERE lower(c.name || ' ' || coalesce(c.email, '') || ' ' || coalesce(c.phone, '') || ' ' || coalesce(c.external_id, '')) LIKE pattern
  AND c.workspace_id = current_workspace_id() AND c.erased_at IS NULL
$$;
--> statement-breakpoint
-- Erasures that came due, in every workspace: ids only.
CREATE FUNCTION due_erasures(most integer) RETURNS TABLE (workspace_id uuid, customer_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT e.workspace_id, e.customer_id FROM erasures e
  WHERE e.done_at IS NULL AND e.cancelled_at IS NULL AND e.due_at <= clock_now() ORDER BY e.due_at LIMIT most
$$;
