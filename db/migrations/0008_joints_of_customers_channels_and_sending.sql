CREATE TABLE "channel_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"provider" text NOT NULL,
	"name" text NOT NULL,
	"config" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"encrypted_secrets" text,
	"status" text DEFAULT 'active' NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"rate_per_second" double precision,
	"daily_limit" integer,
	"trouble" text,
	"trouble_at" timestamp with time zone,
	"last_accepted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_buckets" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"tokens" double precision DEFAULT 0 NOT NULL,
	"refilled_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"blocked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "channel_prices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"provider" text NOT NULL,
	"category" text NOT NULL,
	"country" text DEFAULT '*' NOT NULL,
	"price_micros" bigint NOT NULL,
	"currency" text NOT NULL,
	"tax_rate" double precision DEFAULT 0 NOT NULL,
	"valid_from" date NOT NULL,
	CONSTRAINT "channel_prices_key" UNIQUE("workspace_id","channel","provider","category","country","valid_from")
);
--> statement-breakpoint
CREATE TABLE "dlt_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"entity_id" text NOT NULL,
	"header" text NOT NULL,
	"template_id" text NOT NULL,
	"name" text NOT NULL,
	"category" text NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"imported_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "dlt_templates_key" UNIQUE("workspace_id","template_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_receipts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"url" text NOT NULL,
	"headers" jsonb NOT NULL,
	"body" "bytea" NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"processed_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "whatsapp_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"category" text NOT NULL,
	"parts" jsonb NOT NULL,
	"approval" text DEFAULT 'draft' NOT NULL,
	"rejection" text,
	"provider_id" text,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "whatsapp_templates_key" UNIQUE("workspace_id","account_id","name","language")
);
--> statement-breakpoint
CREATE TABLE "attribute_definitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"type" text NOT NULL,
	"options" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "attribute_definitions_key" UNIQUE("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "customer_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"edited_at" timestamp with time zone,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "responses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid,
	"channel" text NOT NULL,
	"from_address" text,
	"text" text NOT NULL,
	"class" text NOT NULL,
	"classified_by" text NOT NULL,
	"explanation" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"part" integer,
	"run_number" bigint,
	"seq" integer,
	"campaign_id" uuid,
	"source_id" text NOT NULL,
	"follow_up" text DEFAULT 'open' NOT NULL,
	"assignee_id" uuid,
	"received_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"handled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "customer_event_stats" (
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"count" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "customer_event_stats_workspace_id_name_customer_id_pk" PRIMARY KEY("workspace_id","name","customer_id")
);
--> statement-breakpoint
CREATE TABLE "segment_members" (
	"workspace_id" uuid NOT NULL,
	"segment_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"entered_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "segment_members_workspace_id_segment_id_customer_id_pk" PRIMARY KEY("workspace_id","segment_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"rule" jsonb NOT NULL,
	"seed_key" text,
	"tracked" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "touched_customers" (
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"touch" bigint DEFAULT 1 NOT NULL,
	"kinds" text[] NOT NULL,
	"touched_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "touched_customers_workspace_id_customer_id_pk" PRIMARY KEY("workspace_id","customer_id")
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "channels" text[] DEFAULT '{email}' NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "bodies" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "fall_back" jsonb;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "attachments" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "budget_micros" bigint;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "rate_per_second" double precision;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "execution_results" ADD COLUMN "cost_micros" bigint;--> statement-breakpoint
ALTER TABLE "run_rollups" ADD COLUMN "complained" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_rollups" ADD COLUMN "converted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_rollups" ADD COLUMN "cost_micros" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "payments_as_of" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "channel_accounts_workspace_index" ON "channel_accounts" USING btree ("workspace_id","channel","id");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_accounts_default_key" ON "channel_accounts" USING btree ("workspace_id","channel") WHERE "channel_accounts"."is_default" and "channel_accounts"."status" <> 'archived';--> statement-breakpoint
CREATE INDEX "webhook_receipts_open_index" ON "webhook_receipts" USING btree ("id") WHERE "webhook_receipts"."processed_at" is null;--> statement-breakpoint
CREATE INDEX "customer_notes_customer_index" ON "customer_notes" USING btree ("workspace_id","customer_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "responses_source_key" ON "responses" USING btree ("workspace_id","channel","source_id");--> statement-breakpoint
CREATE INDEX "responses_recent_index" ON "responses" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "responses_customer_index" ON "responses" USING btree ("workspace_id","customer_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "responses_campaign_index" ON "responses" USING btree ("workspace_id","campaign_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "responses_open_index" ON "responses" USING btree ("workspace_id","id" DESC NULLS FIRST) WHERE "responses"."follow_up" = 'open';--> statement-breakpoint
CREATE INDEX "customer_event_stats_customer_index" ON "customer_event_stats" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "segment_members_customer_index" ON "segment_members" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "segments_recent_index" ON "segments" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "segments_seed_key" ON "segments" USING btree ("workspace_id","seed_key") WHERE "segments"."seed_key" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "segments_name_key" ON "segments" USING btree ("workspace_id",lower("name")) WHERE "segments"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "touched_customers_oldest_index" ON "touched_customers" USING btree ("touched_at");--> statement-breakpoint
CREATE INDEX "customers_tags_index" ON "customers" USING gin ("tags");