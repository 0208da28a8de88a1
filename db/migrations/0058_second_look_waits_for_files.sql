-- The second look comes when no file is being written any more that was there at the first: only then are all such files gone.
CREATE OR REPLACE FUNCTION due_erasures(most integer) RETURNS TABLE (workspace_id uuid, customer_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT e.workspace_id, e.customer_id FROM erasures e
  WHERE e.checked_at IS NULL AND e.cancelled_at IS NULL AND e.due_at <= clock_now()
    AND (e.done_at IS NULL OR (e.done_at <= clock_now() - interval '10 minutes'
      AND NOT EXISTS (SELECT FROM imports i
        WHERE i.workspace_id = e.workspace_id AND i.status = 'importing' AND i.created_at <= e.done_at)
      AND NOT EXISTS (SELECT FROM consent_files f
        WHERE f.workspace_id = e.workspace_id AND f.status = 'importing' AND f.created_at <= e.done_at)))
  ORDER BY e.due_at LIMIT most
$$;
