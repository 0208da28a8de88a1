SELECT secure_workspace_tables();
--> statement-breakpoint
-- Whose key it is: the hash of the key itself, or of the one before its last rotation while that still opens.
CREATE FUNCTION workspace_of_api_key(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT k.workspace_id FROM api_keys k
  WHERE k.revoked_at IS NULL AND (k.hash = wanted OR (k.former_hash = wanted AND k.former_until > clock_now()))
$$;
--> statement-breakpoint
-- The same request a day later is a new one.
CREATE FUNCTION forget_api_answers(keep interval, most integer) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  WITH gone AS (
    DELETE FROM api_answers WHERE (workspace_id, api_key_id, idempotency_key) IN (
      SELECT a.workspace_id, a.api_key_id, a.idempotency_key FROM api_answers a
      WHERE a.created_at < clock_now() - keep ORDER BY a.created_at LIMIT most)
    RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;
