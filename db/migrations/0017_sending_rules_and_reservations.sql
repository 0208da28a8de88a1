CREATE TABLE "fall_backs_due" (
	"part" integer NOT NULL,
	"run_number" bigint NOT NULL,
	"seq" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	CONSTRAINT "fall_backs_due_run_number_seq_pk" PRIMARY KEY("run_number","seq")
);
--> statement-breakpoint
CREATE TABLE "campaign_spend" (
	"campaign_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"reserved_micros" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "default_sending_windows" (
	"country" text NOT NULL,
	"channel" text NOT NULL,
	"purpose" text NOT NULL,
	"valid_from" date NOT NULL,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	"days" smallint[] NOT NULL,
	"basis" text DEFAULT '' NOT NULL,
	CONSTRAINT "default_sending_windows_country_channel_purpose_valid_from_pk" PRIMARY KEY("country","channel","purpose","valid_from")
);
--> statement-breakpoint
CREATE TABLE "sending_reservations" (
	"workspace_id" uuid NOT NULL,
	"run_number" bigint NOT NULL,
	"seq" integer NOT NULL,
	"campaign_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"purpose" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"cost_micros" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "sending_reservations_run_number_seq_pk" PRIMARY KEY("run_number","seq")
);
--> statement-breakpoint
CREATE TABLE "sending_rules" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"caps" jsonb NOT NULL,
	"service_per_policy_day" smallint,
	"payments_max_age_hours" smallint,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sending_windows" (
	"workspace_id" uuid NOT NULL,
	"country" text NOT NULL,
	"channel" text NOT NULL,
	"purpose" text NOT NULL,
	"valid_from" date NOT NULL,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	"days" smallint[] NOT NULL,
	"basis" text DEFAULT '' NOT NULL,
	CONSTRAINT "sending_windows_workspace_id_country_channel_purpose_valid_from_pk" PRIMARY KEY("workspace_id","country","channel","purpose","valid_from")
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "recheck_audience" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_buckets" ADD COLUMN "next_at" timestamp with time zone DEFAULT clock_now() NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_buckets" ADD COLUMN "throttles" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_buckets" ADD COLUMN "day" date;--> statement-breakpoint
ALTER TABLE "channel_buckets" ADD COLUMN "day_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_events" ADD COLUMN "cost_micros" bigint;--> statement-breakpoint
ALTER TABLE "delivery_events" ADD COLUMN "counted" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "execution_results" ADD COLUMN "quoted_micros" bigint;--> statement-breakpoint
ALTER TABLE "executions_due" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "run_rollups" ADD COLUMN "failed_after" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "sending_stopped_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "fall_backs_due_index" ON "fall_backs_due" USING btree ("not_before");--> statement-breakpoint
CREATE INDEX "sending_reservations_customer_index" ON "sending_reservations" USING btree ("workspace_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "sending_reservations_age_index" ON "sending_reservations" USING btree ("at");--> statement-breakpoint
CREATE INDEX "delivery_events_uncounted_index" ON "delivery_events" USING btree ("run_number") WHERE not "delivery_events"."counted";--> statement-breakpoint
ALTER TABLE "channel_buckets" DROP COLUMN "tokens";--> statement-breakpoint
ALTER TABLE "channel_buckets" DROP COLUMN "refilled_at";