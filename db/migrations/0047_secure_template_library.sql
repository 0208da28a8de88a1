SELECT secure_workspace_tables();
--> statement-breakpoint
REVOKE UPDATE, DELETE ON template_versions FROM ringback_app;
--> statement-breakpoint
CREATE INDEX templates_search_index ON templates USING gin (lower(name || ' ' || description) gin_trgm_ops);
--> statement-breakpoint
-- Workspaces that do not have this release of the built-in templates: made before there were any, or before they changed.
CREATE FUNCTION workspaces_with_another_library(wanted text, most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w LEFT JOIN template_seeds s ON s.workspace_id = w.id
  WHERE s.release IS DISTINCT FROM wanted LIMIT most
$$;
