CREATE TABLE "consent_file_refusals" (
	"workspace_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"reason" text NOT NULL,
	"row" jsonb NOT NULL,
	CONSTRAINT "consent_file_refusals_file_id_row_number_pk" PRIMARY KEY("file_id","row_number")
);
--> statement-breakpoint
CREATE TABLE "consent_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"file_path" text NOT NULL,
	"bytes" bigint NOT NULL,
	"delimiter" text NOT NULL,
	"headers" jsonb NOT NULL,
	"status" text DEFAULT 'importing' NOT NULL,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"rows_added" integer DEFAULT 0 NOT NULL,
	"rows_unchanged" integer DEFAULT 0 NOT NULL,
	"rows_refused" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "inbound_mails" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"digest" text NOT NULL,
	"recipient" text NOT NULL,
	"raw" "bytea" NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"processed_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"outcome" text,
	"failure" text,
	CONSTRAINT "inbound_mails_digest_unique" UNIQUE("digest")
);
--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "actor_kind" text DEFAULT 'system' NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "actor_id" uuid;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "added_by" uuid;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "acknowledged_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "consent_files_recent_index" ON "consent_files" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "inbound_mails_open_index" ON "inbound_mails" USING btree ("id") WHERE "inbound_mails"."processed_at" is null;--> statement-breakpoint
CREATE INDEX "consent_states_coverage_index" ON "consent_states" USING btree ("workspace_id","channel","purpose","granted");--> statement-breakpoint
CREATE INDEX "consents_recent_index" ON "consents" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "suppressions_recent_index" ON "suppressions" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "suppressions_file_index" ON "suppressions" USING btree ("file_id") WHERE "suppressions"."file_id" is not null;