ALTER TABLE "execution_batches" ADD COLUMN "kind" text DEFAULT 'pending' NOT NULL;--> statement-breakpoint
ALTER TABLE "execution_batches" ADD COLUMN "recorded" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "campaign_runs_live_index" ON "campaign_runs" USING btree ("number") WHERE "campaign_runs"."status" in ('freezing', 'active');