-- Rows that served their time and are no record of anything: of every workspace, so it runs as the owner. Ages in days stand in
-- server/retention/status.ts. Deletes at most `most` of each kind; returns how many there were in all.
CREATE FUNCTION forget_old_rows(ages jsonb, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  gone integer := 0;
  part integer;
  kind record;
BEGIN
  FOR kind IN
    SELECT * FROM (VALUES
      ('sessions', 'least(expires_at, coalesce(revoked_at, expires_at))'),
      ('password_resets', 'expires_at'),
      ('throttles', 'window_started_at'),
      ('system_mails', 'created_at'),
      ('notifications', 'at'),
      ('campaign_checks', 'started_at'),
      ('account_counts', 'bucket')) AS k (name, since)
  LOOP
    EXECUTE format(
      'DELETE FROM %I WHERE ctid = ANY (ARRAY(SELECT ctid FROM %I WHERE %s < clock_now() - make_interval(days => $1) LIMIT $2))',
      kind.name, kind.name, kind.since) USING (ages ->> kind.name)::integer, most;
    GET DIAGNOSTICS part = ROW_COUNT;
    gone := gone + part;
  END LOOP;
  RETURN gone;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION forget_old_rows(jsonb, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION forget_old_rows(jsonb, integer) TO ringback_app;
