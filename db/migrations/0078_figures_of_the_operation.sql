-- When the newest migration that this database has was made (milliseconds): the application compares it with its own.
CREATE FUNCTION newest_migration() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT max(m.created_at) FROM drizzle.__drizzle_migrations m
$$;
--> statement-breakpoint
-- Counts over every workspace, for the operator: no ids, no names. Only open rows are looked at, so it costs what waits.
CREATE FUNCTION operation_figures()
RETURNS TABLE (pending bigint, sending bigint, held bigint, retrying bigint, oldest_pending_seconds double precision,
  outbox_unsent bigint, outbox_oldest_seconds double precision, receipts_open bigint, receipts_oldest_seconds double precision,
  receipts_given_up bigint, touched_customers bigint, database_bytes bigint, connections bigint, most_connections bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT b.pending, b.sending, d.held, d.retrying, b.oldest, o.unsent, o.oldest, r.open, r.oldest, r.given_up, t.touched,
    pg_database_size(current_database()),
    (SELECT count(*) FROM pg_stat_activity a WHERE a.backend_type = 'client backend'),
    current_setting('max_connections')::bigint
  FROM
    (SELECT coalesce(sum(e.size - e.cursor), 0)::bigint AS pending, coalesce(sum(e.cursor - e.recorded), 0)::bigint AS sending,
       coalesce(extract(epoch FROM clock_now() - min(e.sealed_at)), 0)::double precision AS oldest
     FROM execution_batches e JOIN campaigns c ON c.id = e.campaign_id WHERE e.status = 'open' AND c.status = 'active') b,
    (SELECT count(*) FILTER (WHERE q.state = 'held') AS held, count(*) FILTER (WHERE q.state = 'retrying') AS retrying
     FROM executions_due q) d,
    (SELECT count(*) AS unsent, coalesce(extract(epoch FROM clock_now() - min(x.created_at)), 0)::double precision AS oldest
     FROM outbox x WHERE x.sent_at IS NULL) o,
    -- Two looks, each by the partial index of its own.
    (SELECT count(*) AS open, coalesce(extract(epoch FROM clock_now() - min(w.received_at)), 0)::double precision AS oldest,
       (SELECT count(*) FROM webhook_receipts g WHERE g.given_up_at IS NOT NULL) AS given_up
     FROM webhook_receipts w WHERE w.processed_at IS NULL AND w.given_up_at IS NULL) r,
    (SELECT count(*) AS touched FROM touched_customers) t
$$;
