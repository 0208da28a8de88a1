-- First, as running programs lock: workspaces, then roll-ups.
ALTER TABLE "workspaces" ADD COLUMN "days_zone" text;--> statement-breakpoint
CREATE TABLE "campaign_days" (
	"workspace_id" uuid NOT NULL,
	"day" date NOT NULL,
	"campaign_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"sent" integer NOT NULL,
	"delivered" integer NOT NULL,
	"bounced" integer NOT NULL,
	"failed" integer NOT NULL,
	"skipped" integer NOT NULL,
	"opened" integer NOT NULL,
	"clicked" integer NOT NULL,
	"replied" integer NOT NULL,
	"unsubscribed" integer NOT NULL,
	"complained" integer NOT NULL,
	"converted" integer NOT NULL,
	"conversions" integer NOT NULL,
	"cost_micros" bigint NOT NULL,
	"revenue_micros" bigint NOT NULL,
	CONSTRAINT "campaign_days_workspace_id_day_campaign_id_channel_pk" PRIMARY KEY("workspace_id","day","campaign_id","channel")
);
--> statement-breakpoint
ALTER TABLE "conversion_rollups" ADD COLUMN "folded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "run_rollups" ADD COLUMN "folded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "conversion_rollups_unfolded_index" ON "conversion_rollups" USING btree ("workspace_id","bucket") WHERE not "conversion_rollups"."folded";--> statement-breakpoint
CREATE INDEX "run_rollups_unfolded_index" ON "run_rollups" USING btree ("workspace_id","bucket") WHERE not "run_rollups"."folded";--> statement-breakpoint
SELECT secure_workspace_tables();
--> statement-breakpoint
-- A roll-up that changes after its day was folded says so, whoever changes it: also a version of before, which knows no days.
-- No row of the day that is being written is folded, so sending never comes here: the condition is all that it pays for.
CREATE FUNCTION unfold_rollup() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a roll-up that its day has counted is changed by a difference, never deleted';
  END IF;
  NEW.folded := false;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER unfold BEFORE UPDATE ON run_rollups FOR EACH ROW WHEN (OLD.folded) EXECUTE FUNCTION unfold_rollup();
--> statement-breakpoint
CREATE TRIGGER keep BEFORE DELETE ON run_rollups FOR EACH ROW WHEN (OLD.folded) EXECUTE FUNCTION unfold_rollup();
--> statement-breakpoint
CREATE TRIGGER unfold BEFORE UPDATE ON conversion_rollups FOR EACH ROW WHEN (OLD.folded) EXECUTE FUNCTION unfold_rollup();
--> statement-breakpoint
CREATE TRIGGER keep BEFORE DELETE ON conversion_rollups FOR EACH ROW WHEN (OLD.folded) EXECUTE FUNCTION unfold_rollup();
--> statement-breakpoint
-- Workspaces with roll-ups of a day that is over and not folded, or with days that are cut by another zone: ids only.
CREATE FUNCTION workspaces_to_fold(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id FROM workspaces w
  CROSS JOIN LATERAL (
    SELECT (clock_now() AT TIME ZONE w.time_zone)::date::timestamp AT TIME ZONE w.time_zone AS begins) today
  WHERE w.days_zone IS DISTINCT FROM w.time_zone
    OR EXISTS (SELECT FROM run_rollups r WHERE r.workspace_id = w.id AND NOT r.folded AND r.bucket < today.begins)
    OR EXISTS (SELECT FROM conversion_rollups r WHERE r.workspace_id = w.id AND NOT r.folded AND r.bucket < today.begins)
  ORDER BY w.id LIMIT most
$$;
