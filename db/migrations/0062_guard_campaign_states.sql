-- The states of a campaign follow each other as `transitions` in server/campaigns/status.ts says, whatever the application
-- asks; a test holds both against each other. Whoever migrates, mends or arranges as the owner passes.
CREATE FUNCTION guard_campaign_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'ringback_app' AND NOT (OLD.status || ' > ' || NEW.status) = ANY (ARRAY[
    'draft > in_review', 'draft > scheduled', 'draft > active',
    'in_review > draft', 'in_review > cancelled',
    'scheduled > draft', 'scheduled > active', 'scheduled > cancelled', 'scheduled > failed',
    'active > paused', 'active > completed', 'active > cancelled', 'active > failed',
    'paused > active', 'paused > cancelled', 'paused > failed',
    'completed > active'])
  THEN RAISE EXCEPTION 'a campaign cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER campaigns_guard_status BEFORE UPDATE OF status ON campaigns
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_campaign_status();
