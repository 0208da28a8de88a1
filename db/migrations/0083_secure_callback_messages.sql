SELECT secure_workspace_tables();
--> statement-breakpoint
-- Promised times of which nobody was reminded yet, so many minutes before them as each workspace says.
CREATE FUNCTION workspaces_with_calls_to_remind(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT r.workspace_id FROM callback_requests r
  LEFT JOIN callback_messages m ON m.workspace_id = r.workspace_id AND m.kind = 'reminder'
  WHERE r.status = 'scheduled' AND r.reminded_slot < r.slots AND r.slot_start > clock_now()
    AND r.slot_start <= clock_now() + coalesce(m.lead_minutes, 60) * interval '1 minute'
  LIMIT most
$$;
--> statement-breakpoint
-- Agents who are not offline and whose browser has not been seen for so long (ms).
CREATE FUNCTION workspaces_with_empty_desks(lease integer, most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT a.workspace_id FROM agents a
  WHERE a.presence <> 'offline' AND coalesce(a.seen_at, a.presence_since) < clock_now() - lease * interval '1 millisecond'
    AND NOT EXISTS (SELECT FROM callback_holds h WHERE h.workspace_id = a.workspace_id
      AND h.membership_id = a.membership_id AND h.until > clock_now())
  LIMIT most
$$;
