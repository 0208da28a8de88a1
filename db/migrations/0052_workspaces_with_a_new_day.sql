-- Workspaces whose day began since their policies were moved: ids only.
CREATE FUNCTION policies_to_roll(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w
  WHERE w.policies_rolled_on IS DISTINCT FROM (clock_now() AT TIME ZONE w.time_zone)::date
  ORDER BY w.policies_rolled_on NULLS FIRST, w.id LIMIT most
$$;
