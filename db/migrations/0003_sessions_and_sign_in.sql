-- The look-ups that come before a workspace is known. Each answers for one exact key and nothing else.
--
-- A session that lives: not revoked, not expired, of an active user with an active membership in the workspace that it is
-- bound to. One statement a request; it also notes the visit, at most once a minute, so that reading stays cheap.
CREATE FUNCTION live_session(session uuid) RETURNS TABLE (
  session_id uuid, user_id uuid, user_name text, user_email text,
  workspace_id uuid, workspace_name text, workspace_slug text, time_zone text, locale text, currency text, is_demo boolean,
  membership_id uuid, role text, is_approver boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  WITH seen AS (
    UPDATE sessions SET last_seen_at = clock_now()
    WHERE id = session AND revoked_at IS NULL AND last_seen_at < clock_now() - interval '1 minute')
  SELECT s.id, u.id, u.name, u.email, w.id, w.name, w.slug, w.time_zone, w.locale, w.currency, w.is_demo,
    m.id, m.role, m.is_approver
  FROM sessions s
  JOIN users u ON u.id = s.user_id AND u.status = 'active'
  JOIN memberships m ON m.user_id = u.id AND m.workspace_id = s.bound_workspace_id AND m.status = 'active'
  JOIN workspaces w ON w.id = m.workspace_id
  WHERE s.id = session AND s.revoked_at IS NULL AND s.expires_at > clock_now()
$$;
--> statement-breakpoint
-- The operator's tool names a workspace by its slug.
CREATE FUNCTION workspace_by_slug(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w WHERE w.slug = wanted
$$;
