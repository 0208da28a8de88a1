-- The relay's own housekeeping: rows of every workspace, so it runs as the owner. Returns how many were deleted.
CREATE FUNCTION forget_sent_outbox(days integer, most integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  WITH old AS (
    DELETE FROM outbox WHERE id IN (
      SELECT o.id FROM outbox o WHERE o.sent_at < clock_now() - make_interval(days => days) ORDER BY o.sent_at LIMIT most
    ) RETURNING 1
  )
  SELECT count(*)::integer FROM old
$$;
