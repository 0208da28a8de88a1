CREATE TABLE "api_answers" (
	"workspace_id" uuid NOT NULL,
	"api_key_id" uuid NOT NULL,
	"idempotency_key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"answer" jsonb,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "api_answers_workspace_id_api_key_id_idempotency_key_pk" PRIMARY KEY("workspace_id","api_key_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"rotated_at" timestamp with time zone,
	"former_hash" text,
	"former_until" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "conversion_rollups" (
	"workspace_id" uuid NOT NULL,
	"run_number" bigint NOT NULL,
	"campaign_id" uuid NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"channel" text NOT NULL,
	"variant" smallint DEFAULT 0 NOT NULL,
	"converted" integer DEFAULT 0 NOT NULL,
	"conversions" integer DEFAULT 0 NOT NULL,
	"revenue_micros" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "conversion_rollups_key" PRIMARY KEY("workspace_id","run_number","bucket","channel","variant")
);
--> statement-breakpoint
CREATE TABLE "conversions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"source" text NOT NULL,
	"event_id" uuid,
	"external_id" text,
	"name" text,
	"only_campaign_id" uuid,
	"value_micros" bigint DEFAULT 0 NOT NULL,
	"currency" text NOT NULL,
	"policy_number" text,
	"auto_debit" boolean DEFAULT false NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"campaign_id" uuid,
	"run_number" bigint,
	"part" integer,
	"seq" integer,
	"channel" text,
	"variant" smallint,
	"touch_kind" text,
	"touched_at" timestamp with time zone,
	"window_ends_at" timestamp with time zone,
	"touches" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"discounted_for" text
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "conversion_event" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "attribution_days" integer;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "counts_auto_debit" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "api_answers_created_index" ON "api_answers" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_former_hash_key" ON "api_keys" USING btree ("former_hash") WHERE "api_keys"."former_hash" is not null;--> statement-breakpoint
CREATE INDEX "api_keys_recent_index" ON "api_keys" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversion_rollups_campaign_index" ON "conversion_rollups" USING btree ("workspace_id","campaign_id","bucket");--> statement-breakpoint
CREATE UNIQUE INDEX "conversions_event_key" ON "conversions" USING btree ("workspace_id","event_id") WHERE "conversions"."event_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "conversions_external_key" ON "conversions" USING btree ("workspace_id","external_id") WHERE "conversions"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "conversions_customer_index" ON "conversions" USING btree ("workspace_id","customer_id","occurred_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversions_run_index" ON "conversions" USING btree ("workspace_id","run_number","customer_id") WHERE "conversions"."run_number" is not null;--> statement-breakpoint
CREATE INDEX "conversions_campaign_index" ON "conversions" USING btree ("workspace_id","campaign_id","customer_id") WHERE "conversions"."campaign_id" is not null;--> statement-breakpoint
CREATE INDEX "conversions_recent_index" ON "conversions" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "campaigns_conversion_event_index" ON "campaigns" USING btree ("workspace_id","conversion_event") WHERE "campaigns"."conversion_event" is not null;--> statement-breakpoint
ALTER TABLE "run_rollups" DROP COLUMN "converted";