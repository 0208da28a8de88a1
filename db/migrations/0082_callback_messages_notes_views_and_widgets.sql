CREATE TABLE "callback_messages" (
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"template_id" uuid,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"lead_minutes" smallint DEFAULT 60 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "callback_messages_workspace_id_kind_pk" PRIMARY KEY("workspace_id","kind")
);
--> statement-breakpoint
CREATE TABLE "callback_notes" (
	"activity_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"callback_id" uuid NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "callback_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "callback_views_name_key" UNIQUE("workspace_id","membership_id","name")
);
--> statement-breakpoint
CREATE TABLE "callback_widgets" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"origins" text[] DEFAULT '{}' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "callback_requests" ADD COLUMN "reminded_slot" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "carries" text;--> statement-breakpoint
CREATE INDEX "callback_notes_callback_index" ON "callback_notes" USING btree ("workspace_id","callback_id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_carries_key" ON "campaigns" USING btree ("workspace_id","carries") WHERE "campaigns"."carries" is not null and "campaigns"."status" in ('active', 'paused');