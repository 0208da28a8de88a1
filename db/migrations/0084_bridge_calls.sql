CREATE TABLE "calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"callback_id" uuid,
	"attempt_id" uuid,
	"membership_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"provider_call_id" text,
	"purpose" text NOT NULL,
	"line" text NOT NULL,
	"agent_phone" text NOT NULL,
	"customer_phone" text NOT NULL,
	"state" text DEFAULT 'intended' NOT NULL,
	"result" text,
	"agent_leg" text DEFAULT 'none' NOT NULL,
	"customer_leg" text DEFAULT 'none' NOT NULL,
	"sentence" text,
	"recording_url" text,
	"talk_seconds" integer,
	"intended_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"connected_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ask_at" timestamp with time zone,
	"asks" smallint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telephony_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"name" text NOT NULL,
	"config" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"encrypted_secrets" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"calls_per_minute" integer NOT NULL,
	"trouble" text,
	"trouble_at" timestamp with time zone,
	"last_placed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "telephony_lines" (
	"workspace_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"number" text NOT NULL,
	"account_id" uuid NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "telephony_lines_workspace_id_purpose_pk" PRIMARY KEY("workspace_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "telephony_topics" (
	"workspace_id" uuid NOT NULL,
	"request_type" text NOT NULL,
	"purpose" text DEFAULT 'service' NOT NULL,
	"script" text DEFAULT '' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "telephony_topics_workspace_id_request_type_pk" PRIMARY KEY("workspace_id","request_type")
);
--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "regulated_insurer" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "record_calls" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "calls_live_number_key" ON "calls" USING btree ("workspace_id","customer_phone") WHERE "calls"."state" <> 'ended';--> statement-breakpoint
CREATE UNIQUE INDEX "calls_live_agent_key" ON "calls" USING btree ("workspace_id","membership_id") WHERE "calls"."state" <> 'ended';--> statement-breakpoint
CREATE INDEX "calls_callback_index" ON "calls" USING btree ("workspace_id","callback_id","intended_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "calls_account_index" ON "calls" USING btree ("workspace_id","account_id","intended_at");--> statement-breakpoint
CREATE INDEX "calls_ask_index" ON "calls" USING btree ("ask_at") WHERE "calls"."ask_at" is not null;--> statement-breakpoint
CREATE INDEX "telephony_accounts_workspace_index" ON "telephony_accounts" USING btree ("workspace_id","id");