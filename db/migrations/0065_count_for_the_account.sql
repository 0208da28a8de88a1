SELECT secure_workspace_tables();
--> statement-breakpoint
DROP FUNCTION record_results;
--> statement-breakpoint
-- Appends first results of executions, and counts what was really appended: each row once for its batch number, however
-- often it is asked. A column that says the same of everybody comes as an array of one. What comes later about the same
-- execution goes through `recounting`. The counts of a run are locked before marks of customers, everywhere, and until the
-- transaction ends. `of_account`: what carried them; null for what nothing carried.
CREATE FUNCTION record_results(
  of_part integer, of_run bigint, of_workspace uuid, of_campaign uuid, of_account uuid, of_channel text, of_batch integer,
  fall_back_hours float8, seqs integer[], variants smallint[], states text[], reasons text[], details text[],
  provider_ids text[], delays float8[], untils timestamptz[], costs bigint[], quotes bigint[], tries integer[])
RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  at_now timestamptz := clock_now(); fresh integer[]; waits boolean; ends boolean; touches boolean; explains boolean;
BEGIN
  WITH given AS (
    SELECT g.seq,
      CASE WHEN cardinality(states) = 1 THEN states[1] ELSE g.state END AS state,
      CASE WHEN cardinality(reasons) = 1 THEN reasons[1] ELSE g.reason END AS reason,
      CASE WHEN cardinality(details) = 1 THEN details[1] ELSE g.detail END AS detail,
      CASE WHEN cardinality(provider_ids) = 1 THEN provider_ids[1] ELSE g.provider_id END AS provider_id,
      CASE WHEN cardinality(delays) = 1 THEN delays[1] ELSE g.delay END AS delay,
      CASE WHEN cardinality(untils) = 1 THEN untils[1] ELSE g.until END AS until,
      CASE WHEN cardinality(costs) = 1 THEN costs[1] ELSE g.cost END AS cost,
      CASE WHEN cardinality(quotes) = 1 THEN quotes[1] ELSE g.quoted END AS quoted
    FROM unnest(seqs, states, reasons, details, provider_ids, delays, untils, costs, quotes)
      AS g(seq, state, reason, detail, provider_id, delay, until, cost, quoted)),
  appended AS (
    INSERT INTO execution_results (part, run_number, seq, batch_number, workspace_id, state, reason, detail,
      provider_message_id, not_before, cost_micros, quoted_micros, at)
    SELECT of_part, of_run, g.seq, of_batch, of_workspace, g.state, g.reason, g.detail, g.provider_id,
      coalesce(g.until, at_now + g.delay * interval '1 millisecond'), g.cost, g.quoted, at_now
    FROM given g
    ON CONFLICT DO NOTHING
    RETURNING seq, state, reason, cost_micros),
  counted AS (
    INSERT INTO run_rollups AS k (workspace_id, run_number, campaign_id, bucket, channel, variant,
      sent, delivered, failed, unknown, skipped, cancelled, cost_micros)
    SELECT of_workspace, of_run, of_campaign, date_bin('15 minutes', at_now, 'epoch'), of_channel, a.variant,
      count(*) FILTER (WHERE a.state IN ('sent', 'delivered')), count(*) FILTER (WHERE a.state = 'delivered'),
      count(*) FILTER (WHERE a.state = 'failed'), count(*) FILTER (WHERE a.state = 'unknown'),
      count(*) FILTER (WHERE a.state = 'skipped'), count(*) FILTER (WHERE a.state = 'cancelled'),
      coalesce(sum(a.cost_micros), 0)
    FROM (SELECT r.state, r.reason, r.cost_micros,
        CASE WHEN cardinality(variants) = 1 THEN variants[1] ELSE variants[array_position(seqs, r.seq)] END AS variant
      FROM appended r) a
    WHERE a.state NOT IN ('held', 'retrying') AND a.reason IS DISTINCT FROM 'answered'
    GROUP BY a.variant ORDER BY a.variant
    ON CONFLICT (workspace_id, run_number, bucket, channel, variant) DO UPDATE SET
      sent = k.sent + excluded.sent, delivered = k.delivered + excluded.delivered, failed = k.failed + excluded.failed,
      unknown = k.unknown + excluded.unknown, skipped = k.skipped + excluded.skipped,
      cancelled = k.cancelled + excluded.cancelled, cost_micros = k.cost_micros + excluded.cost_micros),
  carried AS (
    INSERT INTO account_counts AS k (account_id, bucket, workspace_id, sent, failed)
    SELECT of_account, date_bin('15 minutes', at_now, 'epoch'), of_workspace,
      count(*) FILTER (WHERE a.state IN ('sent', 'delivered')), count(*) FILTER (WHERE a.state = 'failed')
    FROM appended a WHERE of_account IS NOT NULL AND a.state IN ('sent', 'delivered', 'failed')
    HAVING count(*) > 0
    ON CONFLICT (account_id, bucket) DO UPDATE SET sent = k.sent + excluded.sent, failed = k.failed + excluded.failed)
  SELECT array_agg(a.seq), bool_or(a.state IN ('held', 'retrying')), bool_or(a.state IN ('failed', 'cancelled', 'skipped')),
    bool_or(a.state IN ('sent', 'delivered', 'failed')), bool_or(a.state IN ('skipped', 'failed', 'unknown'))
  INTO fresh, waits, ends, touches, explains FROM appended a;
  -- What follows is left out where nothing asks for it: most micro-batches are accepted whole.
  IF explains THEN
    INSERT INTO run_reasons AS k (workspace_id, run_number, state, reason, count)
    SELECT of_workspace, of_run, r.state, r.reason, count(*) FROM execution_results r
    WHERE r.part = of_part AND r.run_number = of_run AND r.seq = ANY (fresh) AND r.batch_number = of_batch
      AND r.state IN ('skipped', 'failed', 'unknown') AND r.reason IS NOT NULL
    GROUP BY r.state, r.reason ORDER BY r.state, r.reason
    ON CONFLICT (workspace_id, run_number, state, reason) DO UPDATE SET count = k.count + excluded.count;
  END IF;
  IF waits THEN
    INSERT INTO executions_due AS d (part, run_number, seq, workspace_id, state, reason, attempts, not_before)
    SELECT of_part, of_run, r.seq, of_workspace, r.state, r.reason,
      CASE WHEN cardinality(tries) = 1 THEN tries[1] ELSE tries[array_position(seqs, r.seq)] END, r.not_before
    FROM execution_results r
    WHERE r.part = of_part AND r.run_number = of_run AND r.seq = ANY (fresh) AND r.batch_number = of_batch
      AND r.state IN ('held', 'retrying')
    ON CONFLICT (run_number, seq) DO UPDATE SET state = excluded.state, reason = excluded.reason,
      attempts = excluded.attempts, not_before = excluded.not_before;
  END IF;
  -- What will not be sent gives its place under the caps and its price back.
  IF ends THEN
    WITH released AS (
      DELETE FROM sending_reservations v USING execution_results r
      WHERE r.part = of_part AND r.run_number = of_run AND r.seq = ANY (fresh) AND r.batch_number = of_batch
        AND r.state IN ('failed', 'cancelled', 'skipped') AND v.run_number = of_run AND v.seq = r.seq
      RETURNING v.campaign_id, v.cost_micros)
    UPDATE campaign_spend s SET reserved_micros = s.reserved_micros - r.cost
    FROM (SELECT campaign_id, sum(cost_micros)::bigint AS cost FROM released GROUP BY campaign_id) r
    WHERE s.campaign_id = r.campaign_id;
  END IF;
  -- Accepted: after some hours without a receipt. Failed: at once.
  IF fall_back_hours IS NOT NULL AND touches THEN
    INSERT INTO fall_backs_due (part, run_number, seq, workspace_id, not_before)
    SELECT of_part, of_run, r.seq, of_workspace,
      at_now + CASE r.state WHEN 'sent' THEN fall_back_hours ELSE 0 END * interval '1 hour'
    FROM execution_results r
    WHERE r.part = of_part AND r.run_number = of_run AND r.seq = ANY (fresh) AND r.batch_number = of_batch
      AND r.state IN ('sent', 'failed')
    ON CONFLICT DO NOTHING;
  END IF;
  -- The customers whose messages came to something are marked for re-evaluation, only where somebody waits for it: segments
  -- can ask "was sent", and nothing else looks at a sending as such.
  IF touches AND EXISTS (
    SELECT FROM segments s WHERE s.workspace_id = of_workspace AND s.tracked AND s.deleted_at IS NULL) THEN
    INSERT INTO touched_customers AS t (workspace_id, customer_id, kinds)
    SELECT DISTINCT of_workspace, e.customer_id, ARRAY['delivery']
    FROM execution_results r JOIN executions e ON e.part = r.part AND e.run_number = r.run_number AND e.seq = r.seq
    WHERE r.part = of_part AND r.run_number = of_run AND r.seq = ANY (fresh) AND r.batch_number = of_batch
      AND r.state IN ('sent', 'delivered', 'failed')
    ORDER BY e.customer_id
    ON CONFLICT (workspace_id, customer_id) DO UPDATE SET touch = t.touch + 1,
      kinds = array(SELECT DISTINCT k FROM unnest(t.kinds || excluded.kinds) AS k ORDER BY k);
  END IF;
END $$;
--> statement-breakpoint
-- A step of a leased batch in one round trip and one commit: fences, records the last micro-batch, renews the lease, moves
-- the durable intent over the next, and says what limits sending now. Sets the workspace itself, for this transaction. No
-- row: the lease is another's. Safe to repeat after a lost connection: it takes the cursor that its caller knows and the one
-- that it asked for. `ending`: null, done or given_back.
CREATE OR REPLACE FUNCTION advance_batch(
  of_workspace uuid, of_account uuid, of_run bigint, of_batch integer, holder text, at_generation integer,
  known integer, wanted integer, members_recorded integer, ending text, lease_ms float8, short_wait interval,
  fall_back_hours float8, seqs integer[], variants smallint[], states text[], reasons text[], details text[],
  provider_ids text[], delays float8[], untils timestamptz[], costs bigint[], quotes bigint[], tries integer[])
RETURNS TABLE (place integer, go boolean, account_rate float8, campaign_rate float8, day_limit integer, budget text,
  throttles integer, blocked_ms float8) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE at_now timestamptz := clock_now(); b record; g record;
BEGIN
  PERFORM set_config('app.workspace_id', of_workspace::text, true);
  SELECT c.status = 'active' AND w.sending_stopped_at IS NULL AND a.status IS DISTINCT FROM 'paused'
      AND (k.blocked_until IS NULL OR k.blocked_until <= at_now + short_wait) AS go,
    a.rate_per_second AS account_rate, c.rate_per_second AS campaign_rate, a.daily_limit, c.budget_micros::text AS budget,
    k.throttles, extract(epoch FROM k.blocked_until - at_now)::float8 * 1000 AS blocked_ms
  INTO g
  FROM execution_batches e JOIN campaigns c ON c.id = e.campaign_id JOIN workspaces w ON w.id = c.workspace_id
    LEFT JOIN channel_accounts a ON a.id = of_account LEFT JOIN channel_buckets k ON k.account_id = of_account
  WHERE e.run_number = of_run AND e.batch_number = of_batch;
  UPDATE execution_batches e SET
    cursor = CASE WHEN ending IS NOT NULL OR g.go THEN wanted ELSE e.cursor END,
    recorded = members_recorded, status = CASE WHEN ending = 'done' THEN 'done' ELSE e.status END,
    lease_owner = CASE WHEN ending IS NULL THEN e.lease_owner END,
    lease_until = CASE WHEN ending IS NULL THEN at_now + lease_ms * interval '1 millisecond' END
  WHERE e.run_number = of_run AND e.batch_number = of_batch AND e.status = 'open' AND e.lease_owner = holder
    AND e.lease_generation = at_generation AND e.cursor IN (known, wanted)
  RETURNING e.part, e.campaign_id, e.channel, e.cursor INTO b;
  IF NOT FOUND THEN RETURN; END IF;
  IF cardinality(seqs) > 0 THEN
    PERFORM record_results(b.part, of_run, of_workspace, b.campaign_id, of_account, b.channel, of_batch, fall_back_hours,
      seqs, variants, states, reasons, details, provider_ids, delays, untils, costs, quotes, tries);
  END IF;
  place := b.cursor; go := g.go; account_rate := g.account_rate; campaign_rate := g.campaign_rate;
  day_limit := g.daily_limit; budget := g.budget; throttles := g.throttles; blocked_ms := g.blocked_ms;
  RETURN NEXT;
END $$;
