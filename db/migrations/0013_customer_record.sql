CREATE TABLE "customer_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"requested_by" uuid,
	"requested_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"suppress" boolean NOT NULL,
	"cancelled_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"removed" jsonb
);
--> statement-breakpoint
DROP INDEX "customers_recent_index";--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "erase_after" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "erasure_days" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "masked_roles" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "customer_changes_customer_index" ON "customer_changes" USING btree ("workspace_id","customer_id","at" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_customer_key" ON "erasures" USING btree ("workspace_id","customer_id") WHERE "erasures"."cancelled_at" is null;--> statement-breakpoint
CREATE INDEX "erasures_due_index" ON "erasures" USING btree ("due_at") WHERE "erasures"."done_at" is null and "erasures"."cancelled_at" is null;--> statement-breakpoint
CREATE INDEX "sandbox_messages_customer_index" ON "sandbox_messages" USING btree ("workspace_id","customer_id") WHERE "sandbox_messages"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX "import_changes_customer_index" ON "import_changes" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "customers_recent_index" ON "customers" USING btree ("workspace_id","id" DESC NULLS FIRST) WHERE "customers"."erased_at" is null;