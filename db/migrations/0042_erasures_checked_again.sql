DROP INDEX "erasures_due_index";--> statement-breakpoint
ALTER TABLE "erasures" ADD COLUMN "external_id_hash" text;--> statement-breakpoint
ALTER TABLE "erasures" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "erasures_external_id_index" ON "erasures" USING btree ("workspace_id","external_id_hash") WHERE "erasures"."external_id_hash" is not null;--> statement-breakpoint
CREATE INDEX "erasures_due_index" ON "erasures" USING btree ("due_at") WHERE "erasures"."checked_at" is null and "erasures"."cancelled_at" is null;