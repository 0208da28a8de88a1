CREATE TABLE "renewal_summaries" (
	"membership_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"told_on" date,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "conversion_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"content" text,
	"status" text DEFAULT 'open' NOT NULL,
	"mapping" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"lines" integer NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"recorded" integer DEFAULT 0 NOT NULL,
	"credited" integer DEFAULT 0 NOT NULL,
	"duplicates" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"refusals" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "response_answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"response_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"text" text NOT NULL,
	"by_user" uuid NOT NULL,
	"part" integer NOT NULL,
	"run_number" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "response_answers_run_number_unique" UNIQUE("run_number")
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "answers" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "conversions" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "renewal_summaries" ADD CONSTRAINT "renewal_summaries_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "renewal_summaries_workspace_index" ON "renewal_summaries" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "report_links_campaign_index" ON "report_links" USING btree ("workspace_id","campaign_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "conversion_files_recent_index" ON "conversion_files" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "response_answers_response_index" ON "response_answers" USING btree ("workspace_id","response_id");--> statement-breakpoint
CREATE INDEX "response_answers_customer_index" ON "response_answers" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_answers_key" ON "campaigns" USING btree ("workspace_id") WHERE "campaigns"."answers" and "campaigns"."status" in ('active', 'paused');--> statement-breakpoint
CREATE INDEX "conversions_file_index" ON "conversions" USING btree ("workspace_id","file_id") WHERE "conversions"."file_id" is not null;--> statement-breakpoint
CREATE INDEX "responses_assignee_index" ON "responses" USING btree ("workspace_id","assignee_id","id" DESC NULLS FIRST) WHERE "responses"."assignee_id" is not null;