DROP INDEX "customer_event_stats_customer_index";--> statement-breakpoint
DROP INDEX "customer_events_recent_index";--> statement-breakpoint
DROP INDEX "customer_events_name_index";--> statement-breakpoint
CREATE INDEX "customer_events_recent_index" ON "customer_events" USING btree ("workspace_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "customer_events_name_index" ON "customer_events" USING btree ("workspace_id","name","occurred_at","id","customer_id");