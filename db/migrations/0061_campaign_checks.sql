CREATE TABLE "campaign_check_customers" (
	"check_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"verdict" text,
	"reason" text,
	"detail" text,
	"until" timestamp with time zone,
	CONSTRAINT "campaign_check_customers_check_id_place_pk" PRIMARY KEY("check_id","place")
);
--> statement-breakpoint
CREATE TABLE "campaign_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"total" integer NOT NULL,
	"judged" integer DEFAULT 0 NOT NULL,
	"held_out" integer DEFAULT 0 NOT NULL,
	"cost_micros" bigint DEFAULT 0 NOT NULL,
	"started_by" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "campaign_checks_campaign_key" UNIQUE("campaign_id")
);
--> statement-breakpoint
ALTER TABLE "campaign_check_customers" ADD CONSTRAINT "campaign_check_customers_check_id_campaign_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."campaign_checks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_checks" ADD CONSTRAINT "campaign_checks_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_check_customers_reason_index" ON "campaign_check_customers" USING btree ("check_id","verdict","reason","place");--> statement-breakpoint
SELECT secure_workspace_tables();
