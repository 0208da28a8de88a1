SELECT secure_workspace_tables();
--> statement-breakpoint
-- One number for every claim there ever was: a late write of an earlier holder names another.
CREATE SEQUENCE callback_hold_generation;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE callback_hold_generation TO ringback_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON callback_activities, sla_events, calendar_versions, sla_policy_versions, presence_changes FROM ringback_app;
--> statement-breakpoint
CREATE FUNCTION workspaces_with_ended_holds(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT h.workspace_id FROM callback_holds h WHERE h.until <= clock_now() LIMIT most
$$;
