CREATE TABLE "run_rest_customers" (
	"run_number" bigint NOT NULL,
	"customer_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	CONSTRAINT "run_rest_customers_run_number_customer_id_pk" PRIMARY KEY("run_number","customer_id")
);
--> statement-breakpoint
CREATE TABLE "run_tests" (
	"run_number" bigint PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"assigned" integer[] NOT NULL,
	"rest_size" integer NOT NULL,
	"until" timestamp with time zone,
	"chosen" smallint,
	"chosen_how" text,
	"chosen_by" uuid,
	"chosen_at" timestamp with time zone,
	"reason" text DEFAULT '' NOT NULL,
	"evidence" jsonb,
	"rest_begun_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "campaign_check_customers" ADD COLUMN "variant" smallint DEFAULT 0;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "ab_test" jsonb;--> statement-breakpoint
ALTER TABLE "run_tests" ADD CONSTRAINT "run_tests_run_number_campaign_runs_number_fk" FOREIGN KEY ("run_number") REFERENCES "public"."campaign_runs"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_tests" ADD CONSTRAINT "run_tests_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_tests_campaign_index" ON "run_tests" USING btree ("workspace_id","campaign_id","run_number" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "run_tests_open_index" ON "run_tests" USING btree ("run_number") WHERE "run_tests"."state" = 'open';--> statement-breakpoint
SELECT secure_workspace_tables();
--> statement-breakpoint
-- Runs whose test is to be looked at now: ids only. Those of campaigns that are paused or over wait for their people.
CREATE FUNCTION run_tests_due(most integer) RETURNS TABLE (workspace_id uuid, run_number bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  SELECT t.workspace_id, t.run_number FROM run_tests t
  JOIN campaign_runs r ON r.number = t.run_number JOIN campaigns c ON c.id = t.campaign_id
  WHERE t.state = 'open' AND (t.rest_size = 0 OR c.status = 'active')
    AND (t.until <= clock_now() OR r.content -> 'abTest' ->> 'winner' = 'auto')
  ORDER BY t.until > clock_now(), random() LIMIT most
$$;
