CREATE TABLE "campaign_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"act" text NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"by_user" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "campaign_views_name_key" UNIQUE("workspace_id","membership_id","name")
);
--> statement-breakpoint
ALTER TABLE "campaign_runs" ADD COLUMN "held_out_size" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "submitted_by" uuid;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "approved_version" integer;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "schedule" jsonb DEFAULT '{"kind":"now"}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "starts_on" date;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "ends_on" date;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "hold_out" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "campaign_reviews" ADD CONSTRAINT "campaign_reviews_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_reviews_campaign_index" ON "campaign_reviews" USING btree ("workspace_id","campaign_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "campaigns_tags_index" ON "campaigns" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "campaigns_due_index" ON "campaigns" USING btree ("due_at") WHERE "campaigns"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "campaigns_ending_index" ON "campaigns" USING btree ("ends_on") WHERE "campaigns"."status" in ('active', 'paused');--> statement-breakpoint
SELECT secure_workspace_tables();
--> statement-breakpoint
REVOKE UPDATE, DELETE ON campaign_reviews FROM ringback_app;
--> statement-breakpoint
-- Campaigns whose time to launch has come, and those that have outlived their period: ids only.
CREATE FUNCTION campaigns_due(most integer) RETURNS TABLE (workspace_id uuid, campaign_id uuid, what text, key text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  (SELECT c.workspace_id, c.id, 'launch', extract(epoch FROM c.due_at)::bigint::text FROM campaigns c
   WHERE c.due_at <= clock_now() AND c.status IN ('scheduled', 'active')
   ORDER BY c.due_at LIMIT most)
  UNION ALL
  (SELECT c.workspace_id, c.id, 'end', c.ends_on::text FROM campaigns c JOIN workspaces w ON w.id = c.workspace_id
   WHERE c.status IN ('active', 'paused') AND c.ends_on < (clock_now() AT TIME ZONE w.time_zone)::date
   ORDER BY c.ends_on LIMIT most)
$$;
