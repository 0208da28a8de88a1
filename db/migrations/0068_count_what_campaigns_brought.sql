CREATE TABLE "analytics_counts" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"counts" jsonb NOT NULL,
	"counted_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "analytics_counts_workspace_id_campaign_id_name_pk" PRIMARY KEY("workspace_id","campaign_id","name")
);
--> statement-breakpoint
CREATE TABLE "campaign_economics" (
	"campaign_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"fixed_cost_micros" bigint DEFAULT 0 NOT NULL,
	"margin" double precision,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "campaign_economics_margin_check" CHECK ("campaign_economics"."margin" is null or ("campaign_economics"."margin" > 0 and "campaign_economics"."margin" <= 1))
);
--> statement-breakpoint
CREATE INDEX "callback_requests_campaign_index" ON "callback_requests" USING btree ("workspace_id","campaign_id","created_at") WHERE "callback_requests"."campaign_id" is not null;--> statement-breakpoint
CREATE INDEX "conversion_rollups_period_index" ON "conversion_rollups" USING btree ("workspace_id","bucket");--> statement-breakpoint
CREATE INDEX "conversions_period_index" ON "conversions" USING btree ("workspace_id","occurred_at");--> statement-breakpoint
CREATE INDEX "run_rollups_period_index" ON "run_rollups" USING btree ("workspace_id","bucket");--> statement-breakpoint
CREATE INDEX "policies_start_index" ON "policies" USING btree ("workspace_id","start_date");--> statement-breakpoint
CREATE INDEX "premium_payments_month_index" ON "premium_payments" USING btree ("workspace_id","due_date");--> statement-breakpoint
SELECT secure_workspace_tables();
