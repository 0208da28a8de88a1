CREATE TABLE "automation_steps_taken" (
	"run_number" bigint NOT NULL,
	"seq" integer NOT NULL,
	"step" smallint NOT NULL,
	"workspace_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "automation_steps_taken_run_number_seq_step_pk" PRIMARY KEY("run_number","seq","step")
);
