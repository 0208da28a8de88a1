SELECT secure_workspace_tables();
--> statement-breakpoint
-- Workspaces in which it is 8 in the morning or later, and a member who wants the renewals of today was not told: ids only.
CREATE FUNCTION renewal_summaries_due(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w
  WHERE (clock_now() AT TIME ZONE w.time_zone)::time >= time '08:00' AND EXISTS (
    SELECT FROM renewal_summaries s JOIN memberships m ON m.id = s.membership_id
    WHERE s.workspace_id = w.id AND m.status = 'active' AND m.role IN ('admin', 'marketer', 'supervisor')
      AND s.told_on IS DISTINCT FROM (clock_now() AT TIME ZONE w.time_zone)::date)
  ORDER BY w.id LIMIT most
$$;
