ALTER TABLE "channel_buckets" ADD COLUMN "unreachable_until" timestamp with time zone;--> statement-breakpoint
-- As before, and none of an account that does not answer, before it has rested.
CREATE OR REPLACE FUNCTION leasable_batches(most integer, has_smtp boolean DEFAULT false, resting text[] DEFAULT '{}')
RETURNS TABLE (workspace_id uuid, run_number bigint, batch_number integer, lease_owner text, free boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH waiting AS MATERIALIZED (
    SELECT a.workspace_id, a.channel FROM channel_accounts a LEFT JOIN channel_buckets k ON k.account_id = a.id
    WHERE (a.status = 'paused' OR k.blocked_until > clock_now() + interval '2 seconds' OR k.unreachable_until > clock_now())
      AND a.id = carrying_account(a.workspace_id, a.channel, has_smtp))
  SELECT o.workspace_id, o.run_number, o.batch_number, o.lease_owner, o.free FROM (
    SELECT b.workspace_id, b.run_number, b.batch_number, b.lease_owner,
      b.lease_owner IS NULL OR b.lease_until < clock_now() AS free,
      row_number() OVER (PARTITION BY b.run_number ORDER BY b.batch_number) AS turn
    FROM execution_batches b JOIN campaigns c ON c.id = b.campaign_id JOIN workspaces w ON w.id = b.workspace_id
    WHERE b.status = 'open' AND c.status = 'active' AND w.sending_stopped_at IS NULL
      AND (resting = '{}' OR NOT (b.run_number::text = ANY (resting) OR b.run_number || ':' || b.batch_number = ANY (resting)))
      AND NOT EXISTS (SELECT FROM waiting p WHERE p.workspace_id = b.workspace_id AND p.channel = b.channel)) o
  ORDER BY o.free DESC, o.turn, o.run_number LIMIT most
$$;
