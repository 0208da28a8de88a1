-- Autovacuum looks once a minute. Until then a planner takes a table that fills from nothing for an empty one, to which every
-- index is as good as any other: each look into the ledger by number then read all that the run had let in. This counts the
-- tables that have grown furthest past what their statistics know; one that somebody is busy with is left to the next call.
-- Returns how many there were.
CREATE FUNCTION analyze_outgrown_tables(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  outgrown record;
  counted integer := 0;
BEGIN
  FOR outgrown IN
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND pg_stat_get_live_tuples(c.oid) > 4 * greatest(c.reltuples, 50)
    ORDER BY pg_stat_get_live_tuples(c.oid) / greatest(c.reltuples, 50) DESC LIMIT most
  LOOP
    EXECUTE format('ANALYZE (SKIP_LOCKED) %I', outgrown.relname);
    counted := counted + 1;
  END LOOP;
  RETURN counted;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION analyze_outgrown_tables(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION analyze_outgrown_tables(integer) TO ringback_app;
