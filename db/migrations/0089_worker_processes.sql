CREATE TABLE "worker_processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"beat_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
