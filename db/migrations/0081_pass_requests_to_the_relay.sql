-- The relay passes on which request caused an event.
DROP FUNCTION unsent_outbox(integer);
--> statement-breakpoint
CREATE FUNCTION unsent_outbox(most integer)
RETURNS TABLE (id bigint, workspace_id uuid, event_id text, name text, data jsonb, request_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  SELECT o.id, o.workspace_id, o.event_id, o.name, o.data, o.request_id FROM outbox o
  WHERE o.sent_at IS NULL ORDER BY o.id LIMIT most FOR UPDATE SKIP LOCKED
$$;
