-- Workspaces whose engagement scores are of an earlier day than the one that has begun there; those without any day first.
CREATE FUNCTION engagement_due(most integer) RETURNS TABLE ("workspaceId" uuid, today text, first boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id, local.day::text, d.day IS NULL FROM workspaces w
  CROSS JOIN LATERAL (SELECT (clock_now() AT TIME ZONE w.time_zone)::date AS day) local
  LEFT JOIN engagement_days d ON d.workspace_id = w.id
  WHERE d.day IS DISTINCT FROM local.day ORDER BY d.day NULLS FIRST, w.id LIMIT most
$$;
