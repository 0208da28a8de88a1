SELECT secure_workspace_tables();
--> statement-breakpoint
-- Workspaces in which a scripted customer is about to do something, the longest waiting first.
CREATE FUNCTION workspaces_with_sandbox_acts(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.workspace_id FROM sandbox_acts a WHERE a.due_at <= (SELECT clock_now())
  GROUP BY 1 ORDER BY min(a.due_at) LIMIT most
$$;
