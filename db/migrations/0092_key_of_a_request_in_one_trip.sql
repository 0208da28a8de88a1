-- `workspace_of_api_key` stays for one version: the old one, which this migration runs beside in a deploy, still calls it.
-- Whose key it is and what it opens: by the hash of the key itself, or of the one before its last rotation while that still
-- opens. `stale`: its use is to be noted again.
CREATE FUNCTION api_key_with_hash(wanted text) RETURNS TABLE (id uuid, workspace uuid, scopes text[], stale boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT k.id, k.workspace_id, k.scopes, k.last_used_at IS NULL OR k.last_used_at < clock_now() - interval '1 minute'
  FROM api_keys k
  WHERE k.revoked_at IS NULL AND (k.hash = wanted OR (k.former_hash = wanted AND k.former_until > clock_now()))
$$;
