CREATE TABLE "channel_tests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"address_hint" text NOT NULL,
	"state" text NOT NULL,
	"sentence" text,
	"provider_message_id" text,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "webhook_receipts_open_index";--> statement-breakpoint
ALTER TABLE "dlt_templates" ADD COLUMN "provider_id" text;--> statement-breakpoint
ALTER TABLE "webhook_receipts" ADD COLUMN "not_before" timestamp with time zone DEFAULT clock_now() NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_receipts" ADD COLUMN "given_up_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "channel_tests_account_index" ON "channel_tests" USING btree ("workspace_id","account_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "webhook_receipts_failed_index" ON "webhook_receipts" USING btree ("workspace_id","id") WHERE "webhook_receipts"."given_up_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_receipts_received_index" ON "webhook_receipts" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "webhook_receipts_open_index" ON "webhook_receipts" USING btree ("not_before") WHERE "webhook_receipts"."processed_at" is null and "webhook_receipts"."given_up_at" is null;