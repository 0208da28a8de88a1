-- A list of workspaces (or of runs) with something to do holds what can be done now, and all have their turn: what stays in it
-- though nothing can be done would else be all that its limit lets through, at each look, for ever.

-- From `after` on in the order of ids, then from the beginning: the worker goes on where it stopped. What waits can be given where
-- somebody is at work; what a pass gave comes back from whoever is offline, what a person gave stays. Each workspace is probed
-- by itself: as conditions they would be hashed, and read every open request there is. The function of before stays for a
-- version that runs beside this one.
CREATE FUNCTION workspaces_with_callbacks_to_assign(most integer, after uuid) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w
  LEFT JOIN LATERAL (
    SELECT r.id FROM callback_requests r
    WHERE (SELECT true FROM agents a WHERE a.workspace_id = w.id AND a.presence IN ('available', 'on_call', 'wrap_up') LIMIT 1)
      AND r.workspace_id = w.id AND r.status = 'pending' AND r.assignee_id IS NULL AND r.not_before <= (SELECT clock_now())
    LIMIT 1) waiting ON true
  LEFT JOIN LATERAL (
    SELECT held.id FROM agents a CROSS JOIN LATERAL (
      SELECT r.id FROM callback_requests r
      WHERE r.workspace_id = a.workspace_id AND r.assignee_id = a.membership_id AND r.status = 'assigned'
        AND (SELECT l.actor_kind FROM callback_activities l WHERE l.workspace_id = r.workspace_id AND l.callback_id = r.id
          AND l.kind = 'assigned' ORDER BY l.id DESC LIMIT 1) = 'system'
      LIMIT 1) held
    WHERE a.workspace_id = w.id AND a.presence = 'offline' LIMIT 1) held ON true
  WHERE w.assignment_policy <> 'by_hand' AND (waiting.id IS NOT NULL OR held.id IS NOT NULL)
  ORDER BY w.id <= after, w.id LIMIT most
$$;
--> statement-breakpoint
-- Whoever has waited longest first; a probe for each workspace, as before.
CREATE OR REPLACE FUNCTION workspaces_with_touched_customers(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w CROSS JOIN LATERAL (
    SELECT t.touched_at FROM touched_customers t
    WHERE t.workspace_id = w.id AND (t.claimed_until IS NULL OR t.claimed_until <= (SELECT clock_now()))
    ORDER BY t.touched_at LIMIT 1) waiting
  ORDER BY waiting.touched_at LIMIT most
$$;
--> statement-breakpoint
-- What the sweep does, and nothing else: of all clocks only the first attempt's warns and escalates, and none warns that is
-- breached. A clock of another kind that ran on after its breach kept its workspace in the list.
CREATE OR REPLACE FUNCTION workspaces_with_due_clocks(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.workspace_id FROM (
    SELECT w.workspace_id, w.wakes_at AS at FROM sla_clocks w WHERE w.wakes_at <= (SELECT clock_now())
    UNION ALL SELECT d.workspace_id, d.due_at FROM sla_clocks d
      WHERE d.status = 'running' AND d.breached_at IS NULL AND d.due_at < (SELECT clock_now())
    UNION ALL SELECT b.workspace_id, b.breached_at FROM sla_clocks b WHERE b.breached_at IS NOT NULL AND b.detected_at IS NULL
    UNION ALL SELECT n.workspace_id, n.warn_at FROM sla_clocks n
      WHERE n.status = 'running' AND n.warned_at IS NULL AND n.warn_at <= (SELECT clock_now())
        AND n.metric = 'first_attempt' AND n.breached_at IS NULL
    UNION ALL SELECT e.workspace_id, e.next_escalation_at FROM sla_clocks e
      WHERE e.status = 'running' AND e.next_escalation_at <= (SELECT clock_now())
        AND e.metric = 'first_attempt') c
  GROUP BY 1 ORDER BY min(c.at) LIMIT most
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION workspaces_with_calls_to_remind(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.workspace_id FROM callback_requests r
  LEFT JOIN callback_messages m ON m.workspace_id = r.workspace_id AND m.kind = 'reminder'
  WHERE r.status = 'scheduled' AND r.reminded_slot < r.slots AND r.slot_start > clock_now()
    AND r.slot_start <= clock_now() + coalesce(m.lead_minutes, 60) * interval '1 minute'
  GROUP BY 1 ORDER BY min(r.slot_start) LIMIT most
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION workspaces_with_empty_desks(lease integer, most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.workspace_id FROM agents a
  WHERE a.presence <> 'offline' AND coalesce(a.seen_at, a.presence_since) < clock_now() - lease * interval '1 millisecond'
    AND NOT EXISTS (SELECT FROM callback_holds h WHERE h.workspace_id = a.workspace_id
      AND h.membership_id = a.membership_id AND h.until > clock_now())
  GROUP BY 1 ORDER BY min(coalesce(a.seen_at, a.presence_since)) LIMIT most
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION workspaces_with_ended_holds(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT h.workspace_id FROM callback_holds h WHERE h.until <= clock_now() GROUP BY 1 ORDER BY min(h.until) LIMIT most
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION runs_with_due_fall_backs(most integer) RETURNS TABLE (workspace_id uuid, run_number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT f.workspace_id, f.run_number FROM fall_backs_due f
  JOIN campaign_runs r ON r.number = f.run_number JOIN campaigns c ON c.id = r.campaign_id
  WHERE f.not_before <= clock_now() AND c.status = 'active' AND r.status = 'active'
  GROUP BY 1, 2 ORDER BY min(f.not_before) LIMIT most
$$;
--> statement-breakpoint
-- The result of an attempt may never come: any of them, so that those all have their turn.
CREATE OR REPLACE FUNCTION runs_with_uncounted_events(most integer) RETURNS TABLE (workspace_id uuid, run_number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT d.workspace_id, d.run_number FROM (
    SELECT DISTINCT e.workspace_id, e.run_number FROM delivery_events e WHERE NOT e.counted) d
  ORDER BY random() LIMIT most
$$;
--> statement-breakpoint
-- What can be completed: a run whose rest waits for the winner of a test has nothing to send, and is not at its end.
CREATE OR REPLACE FUNCTION drained_runs(most integer)
RETURNS TABLE (workspace_id uuid, campaign_id uuid, run_number bigint, last_batch integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.workspace_id, r.campaign_id, r.number,
    coalesce((SELECT max(b.batch_number) FROM execution_batches b WHERE b.run_number = r.number), 0)
  FROM campaign_runs r JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.status = 'active' AND NOT r.live AND c.status = 'active'
    AND NOT EXISTS (SELECT FROM execution_batches b WHERE b.run_number = r.number AND b.status = 'open')
    AND NOT EXISTS (SELECT FROM executions_due d WHERE d.run_number = r.number)
    AND NOT EXISTS (SELECT FROM fall_backs_due f WHERE f.run_number = r.number)
    AND NOT EXISTS (SELECT FROM run_tests t WHERE t.run_number = r.number AND t.rest_size > 0 AND t.rest_begun_at IS NULL)
  ORDER BY r.number LIMIT most
$$;
