CREATE TABLE "account_counts" (
	"account_id" uuid NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"workspace_id" uuid NOT NULL,
	"sent" integer NOT NULL,
	"failed" integer NOT NULL,
	CONSTRAINT "account_counts_account_id_bucket_pk" PRIMARY KEY("account_id","bucket")
);
