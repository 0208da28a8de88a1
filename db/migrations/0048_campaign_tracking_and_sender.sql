ALTER TABLE "campaigns" ADD COLUMN "tracking" jsonb DEFAULT '{"opens":true,"clicks":true}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "sender_name" text;