ALTER TABLE "channel_accounts" ADD COLUMN "dkim" jsonb;--> statement-breakpoint
ALTER TABLE "channel_accounts" ADD COLUMN "encrypted_dkim_key" text;