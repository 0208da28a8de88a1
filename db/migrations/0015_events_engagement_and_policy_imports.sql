CREATE TABLE "customer_scores" (
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"payments" double precision NOT NULL,
	"replies" double precision NOT NULL,
	"clicks" double precision NOT NULL,
	"opens" double precision NOT NULL,
	"interest" double precision NOT NULL,
	"activity" double precision NOT NULL,
	"complaints" double precision NOT NULL,
	"opt_outs" double precision NOT NULL,
	"score" smallint NOT NULL,
	"day" date NOT NULL,
	"computed_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "customer_scores_workspace_id_customer_id_pk" PRIMARY KEY("workspace_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "engagement_crossings" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"before" smallint NOT NULL,
	"after" smallint NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engagement_days" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "import_record_changes" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"action" text NOT NULL,
	"before" jsonb,
	"after" jsonb NOT NULL,
	"undone" text,
	CONSTRAINT "import_record_changes_import_id_kind_record_id_pk" PRIMARY KEY("import_id","kind","record_id")
);
--> statement-breakpoint
DROP INDEX "touched_customers_oldest_index";--> statement-breakpoint
ALTER TABLE "policies" ALTER COLUMN "start_date" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "import_changes" ADD COLUMN "written_at" timestamp with time zone DEFAULT clock_now() NOT NULL;--> statement-breakpoint
ALTER TABLE "import_claims" ADD COLUMN "stated" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "import_claims" ADD COLUMN "policy_number" text;--> statement-breakpoint
ALTER TABLE "import_claims" ADD COLUMN "due_date" date;--> statement-breakpoint
ALTER TABLE "import_claims" ADD COLUMN "unpaid" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "import_claims" ADD COLUMN "paid_on" date;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "workbook" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "records" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "touched_customers" ADD COLUMN "claimed_by" text;--> statement-breakpoint
ALTER TABLE "touched_customers" ADD COLUMN "claimed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "import_record_changes" ADD CONSTRAINT "import_record_changes_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "engagement_crossings_recent_index" ON "engagement_crossings" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "engagement_crossings_customer_index" ON "engagement_crossings" USING btree ("workspace_id","customer_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "customer_events_recent_index" ON "customer_events" USING btree ("workspace_id","occurred_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "customer_events_name_index" ON "customer_events" USING btree ("workspace_id","name","occurred_at" DESC NULLS FIRST,"id" DESC NULLS FIRST,"customer_id");--> statement-breakpoint
CREATE INDEX "import_claims_policy_index" ON "import_claims" USING btree ("import_id","policy_number") WHERE policy_number is not null;--> statement-breakpoint
CREATE INDEX "touched_customers_waiting_index" ON "touched_customers" USING btree ("workspace_id","touched_at");--> statement-breakpoint
CREATE INDEX "touched_customers_claimed_index" ON "touched_customers" USING btree ("claimed_by") WHERE "touched_customers"."claimed_by" is not null;