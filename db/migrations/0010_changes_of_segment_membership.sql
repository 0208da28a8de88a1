CREATE TABLE "segment_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"segment_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"change" text NOT NULL,
	"cause" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "segments_name_key";--> statement-breakpoint
ALTER TABLE "segments" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "segments" ADD COLUMN "rolled_on" date;--> statement-breakpoint
ALTER TABLE "segments" ADD COLUMN "audited_on" date;--> statement-breakpoint
CREATE INDEX "segment_changes_segment_index" ON "segment_changes" USING btree ("workspace_id","segment_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "segment_changes_customer_index" ON "segment_changes" USING btree ("workspace_id","customer_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "segments_tracked_index" ON "segments" USING btree ("workspace_id") WHERE "segments"."tracked";--> statement-breakpoint
CREATE UNIQUE INDEX "segments_name_key" ON "segments" USING btree ("workspace_id",lower("name")) WHERE "segments"."archived_at" is null and "segments"."deleted_at" is null;