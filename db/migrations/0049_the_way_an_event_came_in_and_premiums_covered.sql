DROP INDEX "policies_customer_index";--> statement-breakpoint
ALTER TABLE "customer_events" ADD COLUMN "source" text DEFAULT 'api' NOT NULL;--> statement-breakpoint
CREATE INDEX "policies_customer_index" ON "policies" USING btree ("workspace_id","customer_id","status","renewal_date","policy_type","premium_micros");