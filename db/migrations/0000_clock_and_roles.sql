-- The extensions, the one clock and the application role: what every later migration stands on.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
-- The application role. NOLOGIN: connections take it on with the startup parameter `role`, or log in as a member of it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ringback_app') THEN
    CREATE ROLE ringback_app NOLOGIN NOBYPASSRLS NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server made it meanwhile
END $$;
--> statement-breakpoint
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'ringback_app', 'MEMBER') THEN
    EXECUTE format('GRANT ringback_app TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
-- Tests move the clock by one row here. Production cannot: the trigger refuses any database that is not a test's,
-- and the application role is never granted the table.
CREATE TABLE clock_offset (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), "offset" interval NOT NULL);
--> statement-breakpoint
CREATE FUNCTION refuse_clock_offset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_database() NOT LIKE 'ringback\_test\_%' THEN
    RAISE EXCEPTION 'the clock can be moved in test databases only';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER clock_offset_in_tests_only BEFORE INSERT OR UPDATE ON clock_offset FOR EACH ROW EXECUTE FUNCTION refuse_clock_offset();
--> statement-breakpoint
-- All time that decides anything. STABLE, so that it can drive an index; the statement's time, not the transaction's.
CREATE FUNCTION clock_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public AS
  $$ SELECT statement_timestamp() + coalesce((SELECT "offset" FROM clock_offset), interval '0') $$;
--> statement-breakpoint
CREATE FUNCTION current_workspace_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.workspace_id', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION current_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;
