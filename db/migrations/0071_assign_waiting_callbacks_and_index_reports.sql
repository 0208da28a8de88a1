ALTER TABLE "workspaces" ADD COLUMN "assignment_policy" text DEFAULT 'by_hand' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "assignment_sticky" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "callback_requests_created_index" ON "callback_requests" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "callback_requests_contacted_index" ON "callback_requests" USING btree ("workspace_id","contacted_at") WHERE "callback_requests"."contacted_at" is not null;--> statement-breakpoint
CREATE INDEX "callback_requests_closed_index" ON "callback_requests" USING btree ("workspace_id","closed_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "callback_requests"."closed_at" is not null;--> statement-breakpoint
CREATE INDEX "presence_changes_recent_index" ON "presence_changes" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "sla_clocks_breached_index" ON "sla_clocks" USING btree ("workspace_id","metric","breached_at") WHERE "sla_clocks"."breached_at" is not null;--> statement-breakpoint
CREATE INDEX "sla_clocks_stopped_index" ON "sla_clocks" USING btree ("workspace_id","metric","stopped_at") WHERE "sla_clocks"."stopped_at" is not null;