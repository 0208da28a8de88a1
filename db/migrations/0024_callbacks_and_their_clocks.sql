CREATE TABLE "agents" (
	"workspace_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"presence" text DEFAULT 'offline' NOT NULL,
	"presence_since" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"capacity" smallint DEFAULT 5 NOT NULL,
	"skills" text[] DEFAULT '{}' NOT NULL,
	"languages" text[] DEFAULT '{}' NOT NULL,
	"phone" text,
	"seen_at" timestamp with time zone,
	CONSTRAINT "agents_workspace_id_membership_id_pk" PRIMARY KEY("workspace_id","membership_id")
);
--> statement-breakpoint
CREATE TABLE "callback_activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"callback_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"changes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "callback_asks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"callback_id" uuid NOT NULL,
	"source" text NOT NULL,
	"source_key" text,
	"description" text DEFAULT '' NOT NULL,
	"campaign_id" uuid,
	"part" integer,
	"run_number" bigint,
	"seq" integer,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "callback_asks_source_key" UNIQUE("workspace_id","source","source_key")
);
--> statement-breakpoint
CREATE TABLE "callback_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"callback_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"via" text NOT NULL,
	"provider_call_id" text,
	"state" text DEFAULT 'intended' NOT NULL,
	"outcome" text,
	"started_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"connected_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"talk_seconds" integer,
	"hold_seconds" integer,
	"wrap_up_seconds" integer,
	"self_reported" boolean DEFAULT false NOT NULL,
	"recording_url" text,
	"note" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "callback_holds" (
	"workspace_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"callback_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"generation" bigint NOT NULL,
	"claimed_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "callback_holds_workspace_id_phone_pk" PRIMARY KEY("workspace_id","phone")
);
--> statement-breakpoint
CREATE TABLE "callback_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid,
	"customer_name" text DEFAULT '' NOT NULL,
	"phone" text NOT NULL,
	"email" text,
	"request_type" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"category" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"urgency" text DEFAULT 'medium' NOT NULL,
	"tier" text DEFAULT 'bronze' NOT NULL,
	"language" text,
	"source" text NOT NULL,
	"campaign_id" uuid,
	"part" integer,
	"run_number" bigint,
	"seq" integer,
	"sum" integer NOT NULL,
	"priority" text NOT NULL,
	"order_key" double precision NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"slot_start" timestamp with time zone,
	"slot_end" timestamp with time zone,
	"team_id" uuid,
	"assignee_id" uuid,
	"assigned_at" timestamp with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"last_attempt_at" timestamp with time zone,
	"contacted_at" timestamp with time zone,
	"repeats" integer DEFAULT 0 NOT NULL,
	"cycle" smallint DEFAULT 1 NOT NULL,
	"disposition" text,
	"resolution" text,
	"resolution_category" text,
	"satisfaction" smallint,
	"conversion_value_micros" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "dispositions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"ends" text NOT NULL,
	"resolved" boolean DEFAULT false NOT NULL,
	"position" integer NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "dispositions_key" UNIQUE("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "presence_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"presence" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_versions" (
	"workspace_id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "calendar_versions_calendar_id_version_pk" PRIMARY KEY("calendar_id","version")
);
--> statement-breakpoint
CREATE TABLE "calendars" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "calendars_name_key" UNIQUE("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "sla_clocks" (
	"workspace_id" uuid NOT NULL,
	"callback_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"cycle" smallint DEFAULT 1 NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"target_ms" bigint NOT NULL,
	"elapsed_ms" bigint NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"warn_at" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"breached_at" timestamp with time zone,
	"detected_at" timestamp with time zone,
	"warned_at" timestamp with time zone,
	"escalation_level" smallint DEFAULT 0 NOT NULL,
	"next_escalation_at" timestamp with time zone,
	"policy_id" uuid NOT NULL,
	"policy_version" integer NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "sla_clocks_workspace_id_callback_id_metric_cycle_pk" PRIMARY KEY("workspace_id","callback_id","metric","cycle")
);
--> statement-breakpoint
CREATE TABLE "sla_events" (
	"workspace_id" uuid NOT NULL,
	"callback_id" uuid NOT NULL,
	"metric" text NOT NULL,
	"cycle" smallint DEFAULT 1 NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"target_ms" bigint,
	"policy_id" uuid,
	"policy_version" integer,
	"calendar_id" uuid,
	"calendar_version" integer,
	"reason" text,
	"actor_id" uuid,
	"recorded_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "sla_events_workspace_id_callback_id_metric_cycle_sequence_pk" PRIMARY KEY("workspace_id","callback_id","metric","cycle","sequence")
);
--> statement-breakpoint
CREATE TABLE "sla_policies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sla_policy_versions" (
	"workspace_id" uuid NOT NULL,
	"policy_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"calendar_id" uuid NOT NULL,
	"definition" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "sla_policy_versions_policy_id_version_pk" PRIMARY KEY("policy_id","version")
);
--> statement-breakpoint
CREATE INDEX "callback_activities_callback_index" ON "callback_activities" USING btree ("workspace_id","callback_id","id");--> statement-breakpoint
CREATE INDEX "callback_asks_callback_index" ON "callback_asks" USING btree ("workspace_id","callback_id","id");--> statement-breakpoint
CREATE INDEX "callback_attempts_callback_index" ON "callback_attempts" USING btree ("workspace_id","callback_id","started_at");--> statement-breakpoint
CREATE INDEX "callback_attempts_day_index" ON "callback_attempts" USING btree ("workspace_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "callback_attempts_provider_key" ON "callback_attempts" USING btree ("workspace_id","via","provider_call_id");--> statement-breakpoint
CREATE UNIQUE INDEX "callback_holds_agent_key" ON "callback_holds" USING btree ("workspace_id","membership_id");--> statement-breakpoint
CREATE INDEX "callback_holds_until_index" ON "callback_holds" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "callback_requests_open_key" ON "callback_requests" USING btree ("workspace_id","phone","request_type") WHERE "callback_requests"."status" in ('pending', 'assigned', 'in_progress', 'scheduled');--> statement-breakpoint
CREATE INDEX "callback_requests_queue_index" ON "callback_requests" USING btree ("workspace_id","order_key" DESC NULLS FIRST,"created_at","id") WHERE "callback_requests"."status" in ('pending', 'assigned');--> statement-breakpoint
CREATE INDEX "callback_requests_assignee_index" ON "callback_requests" USING btree ("workspace_id","assignee_id","order_key" DESC NULLS FIRST) WHERE "callback_requests"."assignee_id" is not null and "callback_requests"."status" in ('pending', 'assigned', 'in_progress', 'scheduled');--> statement-breakpoint
CREATE INDEX "callback_requests_slot_index" ON "callback_requests" USING btree ("workspace_id","slot_start") WHERE "callback_requests"."status" = 'scheduled';--> statement-breakpoint
CREATE INDEX "callback_requests_recent_index" ON "callback_requests" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "callback_requests_customer_index" ON "callback_requests" USING btree ("workspace_id","customer_id","id" DESC NULLS FIRST) WHERE "callback_requests"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX "presence_changes_agent_index" ON "presence_changes" USING btree ("workspace_id","membership_id","at");--> statement-breakpoint
CREATE INDEX "sla_clocks_due_index" ON "sla_clocks" USING btree ("due_at") WHERE "sla_clocks"."status" = 'running' and "sla_clocks"."breached_at" is null;--> statement-breakpoint
CREATE INDEX "sla_clocks_warn_index" ON "sla_clocks" USING btree ("warn_at") WHERE "sla_clocks"."status" = 'running' and "sla_clocks"."warned_at" is null;--> statement-breakpoint
CREATE INDEX "sla_clocks_escalation_index" ON "sla_clocks" USING btree ("next_escalation_at") WHERE "sla_clocks"."status" = 'running';--> statement-breakpoint
CREATE INDEX "sla_policies_order_index" ON "sla_policies" USING btree ("workspace_id","position");