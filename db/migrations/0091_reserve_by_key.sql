-- Whether a message has its place already is looked up by its key: of an EXISTS the planner made a list of all that the run had
-- reserved, anew for each handful of messages. Nothing else has changed.
CREATE OR REPLACE FUNCTION reserve_sending(
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
    SELECT a.*, (SELECT true FROM sending_reservations r
      WHERE r.run_number = run AND r.seq = a.seq LIMIT 1) IS NOT NULL AS kept
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
