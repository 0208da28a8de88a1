SELECT secure_workspace_tables();
--> statement-breakpoint
-- Workspaces in which a clock wants to be looked at: it begins or goes on, is near or past its due time, or escalates.
CREATE FUNCTION workspaces_with_due_clocks(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.workspace_id FROM (
    SELECT w.workspace_id FROM sla_clocks w WHERE w.wakes_at <= (SELECT clock_now())
    UNION SELECT d.workspace_id FROM sla_clocks d
      WHERE d.status = 'running' AND d.breached_at IS NULL AND d.due_at < (SELECT clock_now())
    UNION SELECT b.workspace_id FROM sla_clocks b WHERE b.breached_at IS NOT NULL AND b.detected_at IS NULL
    UNION SELECT n.workspace_id FROM sla_clocks n
      WHERE n.status = 'running' AND n.warned_at IS NULL AND n.warn_at <= (SELECT clock_now())
    UNION SELECT e.workspace_id FROM sla_clocks e
      WHERE e.status = 'running' AND e.next_escalation_at <= (SELECT clock_now())) c
  LIMIT most
$$;
