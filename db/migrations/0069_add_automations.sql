CREATE TABLE "automation_entrants" (
	"campaign_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"entered_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "automation_entrants_campaign_id_customer_id_subject_pk" PRIMARY KEY("campaign_id","customer_id","subject")
);
--> statement-breakpoint
CREATE TABLE "automation_entries" (
	"campaign_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"occurrence" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"run_number" bigint NOT NULL,
	"seq" integer NOT NULL,
	"place" smallint NOT NULL,
	"policy_id" uuid,
	"about_date" date,
	"event_id" uuid,
	"entered_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"status" text NOT NULL,
	"step" smallint DEFAULT 1 NOT NULL,
	"wakes_at" timestamp with time zone,
	"waits_since" timestamp with time zone,
	"waits_for" text,
	"reason" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "automation_entries_campaign_id_customer_id_occurrence_pk" PRIMARY KEY("campaign_id","customer_id","occurrence"),
	CONSTRAINT "automation_entries_execution_key" UNIQUE("run_number","seq")
);
--> statement-breakpoint
CREATE TABLE "automation_triggers" (
	"campaign_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"workspace_id" uuid NOT NULL,
	"listens" text NOT NULL,
	"trigger" jsonb NOT NULL,
	CONSTRAINT "automation_triggers_campaign_id_place_pk" PRIMARY KEY("campaign_id","place")
);
--> statement-breakpoint
CREATE TABLE "automations" (
	"campaign_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"run_number" bigint NOT NULL,
	"version" integer NOT NULL,
	"audience" jsonb NOT NULL,
	"time" text NOT NULL,
	"clock" text NOT NULL,
	"again_hours" integer,
	"each_policy" boolean NOT NULL,
	"follows" boolean DEFAULT false NOT NULL,
	"listens_since" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"looked_until" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"skipped_days" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "campaign_runs" ADD COLUMN "live" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "replaces" uuid;--> statement-breakpoint
ALTER TABLE "automation_triggers" ADD CONSTRAINT "automation_triggers_campaign_id_automations_campaign_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."automations"("campaign_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automations" ADD CONSTRAINT "automations_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "automation_entries_customer_index" ON "automation_entries" USING btree ("workspace_id","customer_id","entered_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "automation_entries_waiting_index" ON "automation_entries" USING btree ("workspace_id","waits_for","customer_id") WHERE "automation_entries"."waits_for" is not null;--> statement-breakpoint
CREATE INDEX "automation_entries_failed_index" ON "automation_entries" USING btree ("run_number") WHERE "automation_entries"."status" = 'failed';--> statement-breakpoint
CREATE INDEX "automation_entries_inside_index" ON "automation_entries" USING btree ("run_number","step") WHERE "automation_entries"."status" = 'inside';--> statement-breakpoint
CREATE INDEX "automation_triggers_listens_index" ON "automation_triggers" USING btree ("workspace_id","listens");--> statement-breakpoint
CREATE INDEX "automations_workspace_index" ON "automations" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_replaces_key" ON "campaigns" USING btree ("replaces") WHERE "campaigns"."replaces" is not null;