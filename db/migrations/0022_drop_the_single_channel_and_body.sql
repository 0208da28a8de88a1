ALTER TABLE "campaigns" DROP COLUMN "channel";--> statement-breakpoint
ALTER TABLE "campaigns" DROP COLUMN "subject";--> statement-breakpoint
ALTER TABLE "campaigns" DROP COLUMN "body";