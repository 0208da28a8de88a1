CREATE TABLE "import_claims" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"customer_id" uuid NOT NULL,
	"external_id" text,
	"phone" text,
	"email" text,
	"name" text NOT NULL,
	CONSTRAINT "import_claims_import_id_row_number_pk" PRIMARY KEY("import_id","row_number")
);
--> statement-breakpoint
ALTER TABLE "import_changes" ADD COLUMN "after" jsonb;--> statement-breakpoint
ALTER TABLE "import_changes" ADD COLUMN "undone" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "bytes_read" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "checked" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undone" jsonb;--> statement-breakpoint
ALTER TABLE "import_claims" ADD CONSTRAINT "import_claims_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_claims_customer_index" ON "import_claims" USING btree ("import_id","customer_id");--> statement-breakpoint
CREATE INDEX "import_claims_external_id_index" ON "import_claims" USING btree ("import_id","external_id") WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX "import_claims_phone_index" ON "import_claims" USING btree ("import_id","phone") WHERE phone is not null;--> statement-breakpoint
CREATE INDEX "import_claims_email_index" ON "import_claims" USING btree ("import_id","email") WHERE email is not null;--> statement-breakpoint
SELECT secure_workspace_tables();
