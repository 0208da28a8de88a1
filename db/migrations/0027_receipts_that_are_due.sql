SELECT secure_workspace_tables();
--> statement-breakpoint
-- Receipts whose turn it is, oldest first; those that failed wait, and those that were given up stay for a person.
CREATE OR REPLACE FUNCTION open_webhook_receipts(most integer) RETURNS TABLE (id bigint, workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id, w.workspace_id FROM webhook_receipts w
  WHERE w.processed_at IS NULL AND w.given_up_at IS NULL AND w.not_before <= clock_now()
  ORDER BY w.not_before, w.id LIMIT most
$$;
--> statement-breakpoint
-- They hold numbers and words of people: what is done is kept for a while only, a page at a time.
CREATE FUNCTION forget_webhook_receipts(keep interval, most integer) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  WITH gone AS (
    DELETE FROM webhook_receipts WHERE id IN (
      SELECT w.id FROM webhook_receipts w
      WHERE w.received_at < clock_now() - keep AND (w.processed_at IS NOT NULL OR w.given_up_at IS NOT NULL)
      ORDER BY w.received_at LIMIT most)
    RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;
