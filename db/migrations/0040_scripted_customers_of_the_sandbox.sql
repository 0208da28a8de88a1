CREATE TABLE "sandbox_acts" (
	"message_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"link" smallint,
	"reply" text,
	"button" boolean DEFAULT false NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sandbox_acts_message_id_kind_pk" PRIMARY KEY("message_id","kind")
);
--> statement-breakpoint
CREATE INDEX "sandbox_acts_due_index" ON "sandbox_acts" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "sandbox_acts_workspace_index" ON "sandbox_acts" USING btree ("workspace_id","due_at");--> statement-breakpoint
CREATE INDEX "sandbox_messages_address_index" ON "sandbox_messages" USING btree ("workspace_id","channel","to_address","id" DESC NULLS FIRST);