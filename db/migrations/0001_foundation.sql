CREATE TABLE "campaign_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigserial NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"slot" text NOT NULL,
	"part" integer,
	"status" text DEFAULT 'freezing' NOT NULL,
	"content" jsonb NOT NULL,
	"audience_size" integer,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"frozen_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	CONSTRAINT "campaign_runs_number_unique" UNIQUE("number"),
	CONSTRAINT "campaign_runs_slot_key" UNIQUE("campaign_id","slot")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"goal" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"channel" text DEFAULT 'email' NOT NULL,
	"category" text NOT NULL,
	"audience" jsonb DEFAULT '{"kind":"all"}'::jsonb NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"fallbacks" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"on_unknown" text DEFAULT 'hold' NOT NULL,
	"owner_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"failure" text,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"launched_at" timestamp with time zone,
	"completed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "consent_states" (
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"purpose" text NOT NULL,
	"granted" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "consent_states_workspace_id_customer_id_channel_purpose_pk" PRIMARY KEY("workspace_id","customer_id","channel","purpose")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"purpose" text NOT NULL,
	"action" text NOT NULL,
	"source" text NOT NULL,
	"text_shown" text,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customer_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"source_id" text,
	"name" text NOT NULL,
	"properties" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"external_id" text,
	"name" text DEFAULT '' NOT NULL,
	"phone" text,
	"email" text,
	"language" text DEFAULT 'en' NOT NULL,
	"time_zone" text,
	"city" text,
	"tier" text DEFAULT 'bronze' NOT NULL,
	"engagement_score" integer DEFAULT 0 NOT NULL,
	"birth_date" date,
	"stop_state" text,
	"advisor_id" uuid,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"policy_number" text NOT NULL,
	"policy_type" text NOT NULL,
	"product_name" text NOT NULL,
	"status" text NOT NULL,
	"premium_micros" bigint NOT NULL,
	"sum_assured_micros" bigint,
	"currency" text NOT NULL,
	"payment_mode" text NOT NULL,
	"auto_debit" boolean DEFAULT false NOT NULL,
	"start_date" date NOT NULL,
	"renewal_date" date,
	"grace_days" integer DEFAULT 30 NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "policies_number_key" UNIQUE("workspace_id","policy_number")
);
--> statement-breakpoint
CREATE TABLE "premium_payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"policy_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"due_date" date NOT NULL,
	"amount_micros" bigint NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"paid_at" timestamp with time zone,
	CONSTRAINT "premium_payments_policy_due_key" UNIQUE("workspace_id","policy_id","due_date")
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"address_hash" text NOT NULL,
	"address_hint" text NOT NULL,
	"reason" text NOT NULL,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "suppressions_address_key" UNIQUE("workspace_id","channel","address_hash")
);
--> statement-breakpoint
CREATE TABLE "delivery_events" (
	"part" integer NOT NULL,
	"run_number" bigint NOT NULL,
	"seq" integer NOT NULL,
	"dedupe_key" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"machine" boolean DEFAULT false NOT NULL,
	"first" boolean DEFAULT false NOT NULL,
	"link" smallint,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "delivery_events_part_run_number_seq_dedupe_key_pk" PRIMARY KEY("part","run_number","seq","dedupe_key")
) PARTITION BY LIST ("part");
--> statement-breakpoint
CREATE TABLE "execution_batches" (
	"run_number" bigint NOT NULL,
	"batch_number" integer NOT NULL,
	"part" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"first_seq" integer NOT NULL,
	"seqs" integer[],
	"size" integer NOT NULL,
	"cursor" integer DEFAULT 0 NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"lease_owner" text,
	"lease_generation" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"sealed_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "execution_batches_run_number_batch_number_pk" PRIMARY KEY("run_number","batch_number")
);
--> statement-breakpoint
CREATE TABLE "execution_results" (
	"part" integer NOT NULL,
	"run_number" bigint NOT NULL,
	"seq" integer NOT NULL,
	"batch_number" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"detail" text,
	"provider_message_id" text,
	"not_before" timestamp with time zone,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "execution_results_part_run_number_seq_batch_number_pk" PRIMARY KEY("part","run_number","seq","batch_number")
) PARTITION BY LIST ("part");
--> statement-breakpoint
CREATE TABLE "executions" (
	"part" integer NOT NULL,
	"run_number" bigint NOT NULL,
	"seq" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"occurrence" text DEFAULT '' NOT NULL,
	"step" smallint DEFAULT 0 NOT NULL,
	"variant" smallint DEFAULT 0 NOT NULL,
	"channel" text,
	"arm" text DEFAULT 'treated' NOT NULL,
	CONSTRAINT "executions_part_run_number_seq_pk" PRIMARY KEY("part","run_number","seq"),
	CONSTRAINT "executions_key" UNIQUE("part","run_number","customer_id","occurrence","step")
) PARTITION BY LIST ("part");
--> statement-breakpoint
CREATE TABLE "executions_due" (
	"part" integer NOT NULL,
	"run_number" bigint NOT NULL,
	"seq" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	CONSTRAINT "executions_due_run_number_seq_pk" PRIMARY KEY("run_number","seq")
);
--> statement-breakpoint
CREATE TABLE "ledger_parts" (
	"part" serial PRIMARY KEY NOT NULL,
	"month" date,
	"run_number" bigint,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "ledger_parts_month_unique" UNIQUE("month"),
	CONSTRAINT "ledger_parts_run_number_unique" UNIQUE("run_number")
);
--> statement-breakpoint
CREATE TABLE "run_reasons" (
	"workspace_id" uuid NOT NULL,
	"run_number" bigint NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "run_reasons_workspace_id_run_number_state_reason_pk" PRIMARY KEY("workspace_id","run_number","state","reason")
);
--> statement-breakpoint
CREATE TABLE "run_rollups" (
	"workspace_id" uuid NOT NULL,
	"run_number" bigint NOT NULL,
	"campaign_id" uuid NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"channel" text NOT NULL,
	"variant" smallint DEFAULT 0 NOT NULL,
	"sent" integer DEFAULT 0 NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"bounced" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"unknown" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"cancelled" integer DEFAULT 0 NOT NULL,
	"opened" integer DEFAULT 0 NOT NULL,
	"clicked" integer DEFAULT 0 NOT NULL,
	"replied" integer DEFAULT 0 NOT NULL,
	"unsubscribed" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "run_rollups_workspace_id_run_number_bucket_channel_variant_pk" PRIMARY KEY("workspace_id","run_number","bucket","channel","variant")
);
--> statement-breakpoint
CREATE TABLE "sandbox_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"public_id" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"campaign_id" uuid,
	"customer_id" uuid,
	"from_address" text NOT NULL,
	"to_address" text NOT NULL,
	"to_name" text DEFAULT '' NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"html" text,
	"text" text NOT NULL,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"delivered_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "sandbox_messages_public_id_unique" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "import_changes" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"action" text NOT NULL,
	"before" jsonb,
	CONSTRAINT "import_changes_import_id_customer_id_pk" PRIMARY KEY("import_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"headers_hash" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "import_mappings_headers_key" UNIQUE("workspace_id","headers_hash")
);
--> statement-breakpoint
CREATE TABLE "import_rejections" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"reason" text NOT NULL,
	"row" jsonb NOT NULL,
	CONSTRAINT "import_rejections_import_id_row_number_pk" PRIMARY KEY("import_id","row_number")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file_path" text NOT NULL,
	"file_bytes" bigint NOT NULL,
	"status" text NOT NULL,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"headers" jsonb NOT NULL,
	"sample" jsonb NOT NULL,
	"mapping" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"rows_total" integer,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_created" integer DEFAULT 0 NOT NULL,
	"rows_updated" integer DEFAULT 0 NOT NULL,
	"rows_unchanged" integer DEFAULT 0 NOT NULL,
	"rows_rejected" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"request_id" text,
	"at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heartbeats" (
	"process" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"beat_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"event_id" text NOT NULL,
	"name" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "outbox_event_id_unique" UNIQUE("event_id")
);
--> statement-breakpoint
CREATE TABLE "system_mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"encrypted_text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"sent_at" timestamp with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "topic_versions" (
	"workspace_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "topic_versions_workspace_id_topic_pk" PRIMARY KEY("workspace_id","topic")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"is_approver" boolean DEFAULT false NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"is_approver" boolean DEFAULT false NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "memberships_workspace_user_key" UNIQUE("workspace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "password_resets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "password_resets_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"bound_workspace_id" uuid,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"workspace_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"is_supervisor" boolean DEFAULT false NOT NULL,
	CONSTRAINT "team_members_team_id_membership_id_pk" PRIMARY KEY("team_id","membership_id")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "teams_workspace_name_key" UNIQUE("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"window_started_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	"count" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text,
	"phone" text,
	"name" text NOT NULL,
	"password_hash" text,
	"status" text DEFAULT 'active' NOT NULL,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"time_zone" text DEFAULT 'Asia/Kolkata' NOT NULL,
	"locale" text DEFAULT 'en-IN' NOT NULL,
	"currency" text DEFAULT 'INR' NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"approval_required" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_now() NOT NULL,
	CONSTRAINT "workspaces_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
ALTER TABLE "campaign_runs" ADD CONSTRAINT "campaign_runs_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "premium_payments" ADD CONSTRAINT "premium_payments_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_changes" ADD CONSTRAINT "import_changes_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rejections" ADD CONSTRAINT "import_rejections_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_runs_campaign_index" ON "campaign_runs" USING btree ("workspace_id","campaign_id");--> statement-breakpoint
CREATE INDEX "campaigns_recent_index" ON "campaigns" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "campaigns_status_index" ON "campaigns" USING btree ("workspace_id","status","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "campaigns_search_index" ON "campaigns" USING gin (lower("name") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "consents_customer_index" ON "consents" USING btree ("workspace_id","customer_id","channel","purpose","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "customer_events_source_key" ON "customer_events" USING btree ("workspace_id","source_id");--> statement-breakpoint
CREATE INDEX "customer_events_customer_index" ON "customer_events" USING btree ("workspace_id","customer_id","occurred_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "customers_external_id_key" ON "customers" USING btree ("workspace_id","external_id");--> statement-breakpoint
CREATE INDEX "customers_phone_index" ON "customers" USING btree ("workspace_id","phone");--> statement-breakpoint
CREATE INDEX "customers_email_index" ON "customers" USING btree ("workspace_id",lower("email"));--> statement-breakpoint
CREATE INDEX "customers_recent_index" ON "customers" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "customers_name_index" ON "customers" USING btree ("workspace_id",lower("name"),"id");--> statement-breakpoint
CREATE INDEX "customers_tier_index" ON "customers" USING btree ("workspace_id","tier","id");--> statement-breakpoint
CREATE INDEX "customers_search_index" ON "customers" USING gin ((lower("name" || ' ' || coalesce("email", '') || ' ' || coalesce("phone", '') || ' ' || coalesce("external_id", ''))) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "policies_customer_index" ON "policies" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "policies_renewal_index" ON "policies" USING btree ("workspace_id","renewal_date");--> statement-breakpoint
CREATE INDEX "premium_payments_due_index" ON "premium_payments" USING btree ("workspace_id","status","due_date");--> statement-breakpoint
CREATE INDEX "premium_payments_customer_index" ON "premium_payments" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_events_first_key" ON "delivery_events" USING btree ("part","run_number","seq","kind") WHERE "delivery_events"."first";--> statement-breakpoint
CREATE INDEX "execution_batches_open_index" ON "execution_batches" USING btree ("run_number","batch_number") WHERE "execution_batches"."status" = 'open';--> statement-breakpoint
CREATE INDEX "executions_customer_index" ON "executions" USING btree ("workspace_id","customer_id");--> statement-breakpoint
CREATE INDEX "executions_due_index" ON "executions_due" USING btree ("not_before");--> statement-breakpoint
CREATE INDEX "run_rollups_campaign_index" ON "run_rollups" USING btree ("workspace_id","campaign_id","bucket");--> statement-breakpoint
CREATE INDEX "sandbox_messages_recent_index" ON "sandbox_messages" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "sandbox_messages_campaign_index" ON "sandbox_messages" USING btree ("workspace_id","campaign_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "imports_workspace_index" ON "imports" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_entries_workspace_index" ON "audit_entries" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject_index" ON "audit_entries" USING btree ("workspace_id","subject_type","subject_id","id");--> statement-breakpoint
CREATE INDEX "outbox_unsent_index" ON "outbox" USING btree ("id") WHERE "outbox"."sent_at" is null;--> statement-breakpoint
CREATE INDEX "system_mails_workspace_index" ON "system_mails" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "invitations_workspace_index" ON "invitations" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "memberships_user_index" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user_index" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "team_members_membership_index" ON "team_members" USING btree ("membership_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_phone_key" ON "users" USING btree ("phone");