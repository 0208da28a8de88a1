ALTER TABLE "import_claims" DROP COLUMN "unpaid";--> statement-breakpoint
ALTER TABLE "import_claims" DROP COLUMN "paid_on";