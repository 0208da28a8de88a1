CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"text" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notifications_key" UNIQUE("workspace_id","membership_id","key")
);
--> statement-breakpoint
ALTER TABLE "callback_requests" ADD COLUMN "slots" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sla_clocks" ADD COLUMN "pause_reason" text;--> statement-breakpoint
ALTER TABLE "sla_clocks" ADD COLUMN "wakes_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sla_events" ADD COLUMN "until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "notifications_recent_index" ON "notifications" USING btree ("workspace_id","membership_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notifications_unread_index" ON "notifications" USING btree ("workspace_id","membership_id") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "sla_clocks_undetected_index" ON "sla_clocks" USING btree ("workspace_id") WHERE "sla_clocks"."breached_at" is not null and "sla_clocks"."detected_at" is null;--> statement-breakpoint
CREATE INDEX "sla_clocks_wake_index" ON "sla_clocks" USING btree ("wakes_at") WHERE "sla_clocks"."wakes_at" is not null;