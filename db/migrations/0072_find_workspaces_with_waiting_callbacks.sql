-- The worker gives out what waits in every workspace whose policy does so; the application role sees one workspace at a time.
CREATE FUNCTION workspaces_with_waiting_callbacks(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w
  WHERE w.assignment_policy <> 'by_hand' AND EXISTS (
    SELECT FROM callback_requests r WHERE r.workspace_id = w.id AND r.status IN ('pending', 'assigned'))
  LIMIT most
$$;
