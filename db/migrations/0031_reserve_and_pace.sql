-- An earlier migration made a second function of this name; there is one again. None of a workspace that has stopped
-- sending, of a paused account, or of one that a provider asked to wait.
DROP FUNCTION leasable_batches(integer);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION leasable_batches(most integer, has_smtp boolean DEFAULT false)
RETURNS TABLE (workspace_id uuid, run_number bigint, batch_number integer, lease_owner text, free boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH waiting AS MATERIALIZED (
    SELECT a.workspace_id, a.channel FROM channel_accounts a LEFT JOIN channel_buckets k ON k.account_id = a.id
    WHERE (a.status = 'paused' OR k.blocked_until > clock_now() + interval '2 seconds')
      AND a.id = carrying_account(a.workspace_id, a.channel, has_smtp))
  SELECT o.workspace_id, o.run_number, o.batch_number, o.lease_owner, o.free FROM (
    SELECT b.workspace_id, b.run_number, b.batch_number, b.lease_owner,
      b.lease_owner IS NULL OR b.lease_until < clock_now() AS free,
      row_number() OVER (PARTITION BY b.run_number ORDER BY b.batch_number) AS turn
    FROM execution_batches b JOIN campaigns c ON c.id = b.campaign_id JOIN workspaces w ON w.id = b.workspace_id
    WHERE b.status = 'open' AND c.status = 'active' AND w.sending_stopped_at IS NULL
      AND NOT EXISTS (SELECT FROM waiting p WHERE p.workspace_id = b.workspace_id AND p.channel = b.channel)) o
  ORDER BY o.free DESC, o.turn, o.run_number LIMIT most
$$;
--> statement-breakpoint
-- Takes a place under the frequency caps and the price from the budget for messages that are about to go, all or nothing
-- for each. Whoever asks for the same customer, or of the same budget, waits; the counts are read after the wait, so that
-- no two of them see the same free place. A message that has its place keeps it. Locks are taken in one order.
CREATE FUNCTION reserve_sending(
  workspace uuid, run bigint, campaign uuid, on_channel text, for_purpose text, cap_most integer, cap_days integer,
  day_most integer, day_start timestamptz, budget bigint,
  seqs integer[], customers uuid[], subjects text[], instead_of integer[], costs bigint[])
RETURNS TABLE (seq integer, verdict text, had bigint, budget_left bigint) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE spent bigint := 0;
BEGIN
  IF cap_most IS NOT NULL OR day_most IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(k.key) FROM (
      SELECT DISTINCT hashtextextended(workspace::text || c.id::text, 5) AS key FROM unnest(customers) AS c(id) ORDER BY 1) k;
  END IF;
  IF budget IS NOT NULL THEN
    INSERT INTO campaign_spend (campaign_id, workspace_id, reserved_micros) VALUES (campaign, workspace, 0)
    ON CONFLICT DO NOTHING;
    SELECT s.reserved_micros INTO spent FROM campaign_spend s WHERE s.campaign_id = campaign FOR UPDATE;
  END IF;
  RETURN QUERY
  WITH asked AS (
    SELECT a.*, EXISTS (SELECT FROM sending_reservations r WHERE r.run_number = run AND r.seq = a.seq) AS kept
    FROM unnest(seqs, customers, subjects, instead_of, costs) AS a(seq, customer_id, subject, replaced, cost)),
  counted AS (
    SELECT a.*,
      CASE WHEN cap_most IS NULL THEN 0 ELSE
        (SELECT count(*) FROM sending_reservations r
          WHERE r.workspace_id = workspace AND r.customer_id = a.customer_id
            AND r.at > clock_now() - cap_days * interval '1 day' AND r.channel = on_channel AND r.purpose = for_purpose)
        + count(*) FILTER (WHERE NOT a.kept) OVER (PARTITION BY a.customer_id ORDER BY a.seq
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) END AS recently,
      CASE WHEN day_most IS NULL OR a.subject = '' THEN 0 ELSE
        (SELECT count(*) FROM sending_reservations r
          WHERE r.workspace_id = workspace AND r.customer_id = a.customer_id AND r.at >= day_start
            AND r.subject = a.subject AND NOT (r.run_number = run AND r.seq IS NOT DISTINCT FROM a.replaced))
        + count(*) FILTER (WHERE NOT a.kept) OVER (PARTITION BY a.customer_id, a.subject ORDER BY a.seq
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) END AS today
    FROM asked a),
  judged AS (
    SELECT c.*, CASE WHEN c.kept THEN 'ok' WHEN c.today >= day_most AND c.subject <> '' THEN 'same_day'
      WHEN c.recently >= cap_most THEN 'capped' ELSE 'ok' END AS verdict
    FROM counted c),
  priced AS (
    SELECT j.*, spent + sum(j.cost) FILTER (WHERE j.verdict = 'ok' AND NOT j.kept) OVER (ORDER BY j.seq) AS spending
    FROM judged j),
  decided AS (
    SELECT p.*, CASE WHEN p.verdict = 'ok' AND NOT p.kept AND p.spending > budget THEN 'over_budget'
      ELSE p.verdict END AS final
    FROM priced p),
  taken AS (
    INSERT INTO sending_reservations (workspace_id, run_number, seq, campaign_id, customer_id, channel, purpose, subject, cost_micros)
    SELECT workspace, run, d.seq, campaign, d.customer_id, on_channel, for_purpose, d.subject, d.cost
    FROM decided d WHERE d.final = 'ok' AND NOT d.kept
    RETURNING cost_micros),
  paid AS (
    UPDATE campaign_spend s SET reserved_micros = s.reserved_micros + t.cost
    FROM (SELECT coalesce(sum(cost_micros), 0)::bigint AS cost FROM taken) t
    WHERE s.campaign_id = campaign AND budget IS NOT NULL AND t.cost > 0)
  SELECT d.seq, d.final, CASE d.final WHEN 'same_day' THEN d.today ELSE d.recently END, budget - spent FROM decided d;
END $$;
--> statement-breakpoint
-- Deals out places in time: at most `wanted`, each 1 / rate after the one before, none further ahead than the horizon, so
-- that a changed rate or a pause counts at once. An account and a campaign with a rate of its own are asked together.
-- Places are physical time (clock_timestamp); the moved clock of tests decides only when a provider's wait ends.
CREATE FUNCTION take_places(
  workspace uuid, account uuid, account_rate float8, day_limit integer, today date,
  campaign uuid, campaign_rate float8, wanted integer, horizon interval)
RETURNS TABLE (granted integer, account_first timestamptz, campaign_first timestamptz, at timestamptz, wait_ms float8, why text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  a channel_buckets; c channel_buckets; n integer := wanted; left_today integer; wait float8 := 0; reason text;
BEGIN
  IF (SELECT count(*) FROM channel_buckets k WHERE k.account_id IN (account, campaign))
    < 1 + (campaign_rate IS NOT NULL)::int THEN
    INSERT INTO channel_buckets (account_id, workspace_id, next_at)
    SELECT k.id, workspace, clock_timestamp() FROM unnest(ARRAY[account, campaign]) AS k(id)
    WHERE k.id = account OR campaign_rate IS NOT NULL ON CONFLICT DO NOTHING;
  END IF;
  PERFORM FROM channel_buckets k WHERE k.account_id = account OR (k.account_id = campaign AND campaign_rate IS NOT NULL)
    ORDER BY k.account_id FOR UPDATE;
  SELECT k.* INTO a FROM channel_buckets k WHERE k.account_id = account;
  SELECT k.* INTO c FROM channel_buckets k WHERE k.account_id = campaign;
  at := clock_timestamp();
  account_first := greatest(a.next_at, at, at + (a.blocked_until - clock_now()));
  campaign_first := greatest(c.next_at, at);
  IF account_rate IS NOT NULL OR a.blocked_until > clock_now() THEN
    wait := greatest(wait, extract(epoch FROM account_first - at - horizon) * 1000);
    IF account_first > at + horizon THEN n := 0; reason := 'pace';
    ELSIF account_rate IS NOT NULL THEN
      n := least(n, 1 + floor(extract(epoch FROM at + horizon - account_first) * account_rate)::integer);
    END IF;
  END IF;
  IF campaign_rate IS NOT NULL THEN
    wait := greatest(wait, extract(epoch FROM campaign_first - at - horizon) * 1000);
    IF campaign_first > at + horizon THEN n := 0; reason := 'pace';
    ELSE n := least(n, 1 + floor(extract(epoch FROM at + horizon - campaign_first) * campaign_rate)::integer); END IF;
  END IF;
  IF day_limit IS NOT NULL THEN
    left_today := day_limit - CASE WHEN a.day = today THEN a.day_count ELSE 0 END;
    IF left_today <= 0 THEN n := 0; reason := 'daily_limit'; END IF;
    n := least(n, greatest(left_today, 0));
  END IF;
  IF n > 0 THEN
    UPDATE channel_buckets k SET
      next_at = CASE WHEN account_rate IS NULL THEN k.next_at ELSE account_first + n / account_rate * interval '1 second' END,
      day = CASE WHEN day_limit IS NULL THEN k.day ELSE today END,
      day_count = CASE WHEN day_limit IS NULL THEN k.day_count WHEN k.day = today THEN k.day_count + n ELSE n END
    WHERE k.account_id = account;
    IF campaign_rate IS NOT NULL THEN
      UPDATE channel_buckets k SET next_at = campaign_first + n / campaign_rate * interval '1 second'
      WHERE k.account_id = campaign;
    END IF;
  END IF;
  granted := n; wait_ms := wait; why := reason;
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- What executions add to the roll-ups, from their rows alone: the same for any order of arrival. A state counts in the
-- quarter of the row that gave it; `sent` in that of the first row that proves it. Events that are not counted yet are
-- left out. Each counter is a column of run_rollups, or `state reason` of run_reasons.
CREATE FUNCTION execution_counts(of_part integer, of_run bigint, of_seqs integer[])
RETURNS TABLE (bucket timestamptz, channel text, variant smallint, counter text, n bigint) LANGUAGE sql STABLE AS $$
  WITH told AS (
    SELECT r.seq, r.state, r.reason, r.at, r.cost_micros, r.state IN ('sent', 'delivered') AS accepted
    FROM execution_results r WHERE r.part = of_part AND r.run_number = of_run AND r.seq = ANY (of_seqs)
      AND NOT (r.state = 'cancelled' AND r.reason IS NOT DISTINCT FROM 'answered')
    UNION ALL
    SELECT d.seq, CASE d.kind WHEN 'read' THEN 'delivered' ELSE d.kind END, d.detail ->> 'reason', d.received_at,
      d.cost_micros, true
    FROM delivery_events d WHERE d.part = of_part AND d.run_number = of_run AND d.seq = ANY (of_seqs) AND d.counted
      AND d.kind IN ('delivered', 'read', 'bounced', 'failed')),
  top AS (
    SELECT DISTINCT ON (seq) seq, state, reason, at FROM told ORDER BY seq, execution_state_rank(state) DESC, at),
  taken AS (SELECT seq, min(at) AS at FROM told WHERE accepted GROUP BY seq),
  facts AS (
    SELECT seq, at, 'sent' AS counter, 1::bigint AS n FROM taken
    UNION ALL SELECT seq, at, state, 1 FROM top
      WHERE state IN ('delivered', 'bounced', 'failed', 'unknown', 'skipped', 'cancelled')
    UNION ALL SELECT t.seq, t.at, 'failed_after', 1 FROM top t JOIN taken USING (seq) WHERE t.state = 'failed'
    UNION ALL SELECT seq, at, 'cost_micros', cost_micros FROM told WHERE cost_micros <> 0
    UNION ALL SELECT seq, 'epoch', state || ' ' || reason, 1 FROM top
      WHERE state IN ('skipped', 'failed', 'unknown') AND reason IS NOT NULL)
  SELECT date_bin('15 minutes', f.at, 'epoch'), e.channel, e.variant, f.counter, sum(f.n)::bigint
  FROM facts f JOIN executions e ON e.part = of_part AND e.run_number = of_run AND e.seq = f.seq
  GROUP BY 1, 2, 3, 4
$$;
