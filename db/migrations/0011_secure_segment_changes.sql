SELECT secure_workspace_tables();
--> statement-breakpoint
REVOKE UPDATE, DELETE ON segment_changes FROM ringback_app;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ringback_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ringback_app;
--> statement-breakpoint
-- Tracked segments whose stored membership was not yet brought over the last local midnight, or, from three o'clock on,
-- not yet compared with a full evaluation. Asked often; a host that was down catches up by itself.
CREATE FUNCTION segments_due(most integer) RETURNS TABLE (workspace_id uuid, segment_id uuid, today text, audit boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT s.workspace_id, s.id, local.day::text, local.is_night_over AND s.audited_on IS DISTINCT FROM local.day
  FROM segments s JOIN workspaces w ON w.id = s.workspace_id
  CROSS JOIN LATERAL (
    SELECT (clock_now() AT TIME ZONE w.time_zone)::date AS day,
      extract(hour FROM clock_now() AT TIME ZONE w.time_zone) >= 3 AS is_night_over) local
  WHERE s.tracked AND s.deleted_at IS NULL
    AND (s.rolled_on IS DISTINCT FROM local.day OR (local.is_night_over AND s.audited_on IS DISTINCT FROM local.day))
  ORDER BY s.rolled_on NULLS FIRST, s.id LIMIT most
$$;
--> statement-breakpoint
-- Workspaces made before every workspace began with segments; a deleted one keeps its row, so it does not come back.
CREATE FUNCTION workspaces_without_segments(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w
  WHERE NOT EXISTS (SELECT FROM segments s WHERE s.workspace_id = w.id AND s.seed_key IS NOT NULL) LIMIT most
$$;
