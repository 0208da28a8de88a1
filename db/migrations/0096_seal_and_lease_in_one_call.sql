-- Seals a run's new live entries, and its held and retrying executions that are due, into batches; the first `leases` of them are
-- the holder's already, so that a message that just came about waits for no second look. One call and one commit. Sets the
-- workspace itself, for this transaction. A crash of the database may take the commit away, and the same number is given again:
-- so each of these leases has a generation that no other has.
CREATE FUNCTION seal_due(
  of_workspace uuid, of_run bigint, most integer, in_a_batch integer, holder text, lease_ms float8, leases integer)
RETURNS TABLE (batch_number integer, part integer, campaign_id uuid, channel text, kind text, first_seq integer, seqs integer[],
  size integer, leased boolean, generation integer, on_unknown text, content text, step smallint) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE at_now timestamptz := clock_now(); sealed integer; own_generation integer := 2 + floor(random() * 1000000000)::integer;
BEGIN
  PERFORM set_config('app.workspace_id', of_workspace::text, true);
  -- Nobody acts on this before the intent is written down, whose flush takes this along: it need not wait for one of its own.
  PERFORM set_config('synchronous_commit', 'off', true);
  -- The run's row is the lock that keeps batch numbers apart. What comes after it sees what was committed when it was had.
  PERFORM FROM campaign_runs WHERE number = of_run AND workspace_id = of_workspace FOR UPDATE;
  RETURN QUERY
  WITH taken AS (
    DELETE FROM executions_due d USING (
      SELECT e.run_number, e.seq FROM executions_due e
      WHERE e.run_number = of_run AND e.not_before <= at_now AND EXISTS (
        SELECT FROM campaign_runs r JOIN campaigns c ON c.id = r.campaign_id WHERE r.number = of_run
          AND r.workspace_id = of_workspace AND r.status = 'active' AND c.status = 'active')
      ORDER BY e.run_number, e.seq LIMIT most) due
    WHERE d.run_number = due.run_number AND d.seq = due.seq
    RETURNING d.part, d.run_number, d.workspace_id, d.seq, d.state),
  -- Each is looked up by its key: how many there are, a planner guesses from the limit, and reads all that a run ever let in.
  placed AS (
    SELECT t.*, e.channel, e.step,
      (row_number() OVER (PARTITION BY t.state, e.channel, e.step ORDER BY t.seq) - 1) / in_a_batch AS batch
    FROM taken t CROSS JOIN LATERAL (
      SELECT x.channel, x.step FROM executions x
      WHERE x.part = t.part AND x.run_number = t.run_number AND x.seq = t.seq LIMIT 1) e),
  grouped AS (
    SELECT part, workspace_id, state, channel, step, array_agg(seq ORDER BY seq) AS seqs FROM placed
    GROUP BY part, workspace_id, state, channel, step, batch),
  numbered AS (
    SELECT g.*, row_number() OVER (ORDER BY g.state, g.channel, g.seqs[1]) AS nth FROM grouped g),
  targeted AS (
    UPDATE campaign_runs SET audience_size = audience_size + (SELECT count(*) FROM taken WHERE state = 'pending')
    WHERE number = of_run AND EXISTS (SELECT FROM taken WHERE state = 'pending')),
  sealed AS (
    INSERT INTO execution_batches AS b (run_number, batch_number, part, workspace_id, campaign_id, channel, first_seq, seqs, kind,
      size, lease_owner, lease_generation, lease_until)
    SELECT r.number, (SELECT coalesce(max(o.batch_number), 0) FROM execution_batches o WHERE o.run_number = of_run) + n.nth, n.part,
      n.workspace_id, r.campaign_id, n.channel, n.seqs[1], n.seqs, n.state, cardinality(n.seqs),
      CASE WHEN n.nth <= leases THEN holder END, CASE WHEN n.nth <= leases THEN own_generation ELSE 0 END,
      CASE WHEN n.nth <= leases THEN at_now + lease_ms * interval '1 millisecond' END
    FROM numbered n JOIN campaign_runs r ON r.number = of_run
    RETURNING b.batch_number, b.part, b.campaign_id, b.channel, b.kind, b.first_seq, b.seqs, b.size, b.lease_owner)
  SELECT s.batch_number, s.part, s.campaign_id, s.channel, s.kind, s.first_seq, s.seqs, s.size, s.lease_owner IS NOT NULL, own_generation,
    c.on_unknown, CASE WHEN s.lease_owner IS NOT NULL THEN r.content::text END, n.step
  FROM sealed s JOIN numbered n ON n.seqs[1] = s.first_seq
    JOIN campaign_runs r ON r.number = of_run JOIN campaigns c ON c.id = r.campaign_id
  ORDER BY s.batch_number;
  GET DIAGNOSTICS sealed = ROW_COUNT;
  -- What is left is for whoever has a lane free. Commits that notify wait for one another, so nothing is said for nobody.
  IF sealed > leases THEN PERFORM pg_notify('ringback_batches', of_run::text); END IF;
END $$;
--> statement-breakpoint
-- As before, and writes down with the intent what carries the batch: a batch that is leased when it is sealed has no account yet.
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
    account_id = of_account, recorded = members_recorded, status = CASE WHEN ending = 'done' THEN 'done' ELSE e.status END,
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
