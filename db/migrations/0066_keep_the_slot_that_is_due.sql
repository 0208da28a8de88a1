ALTER TABLE "campaigns" ADD COLUMN "due_slot" text;--> statement-breakpoint
-- What stands due already: on the workspace's clock its day there; on each customer's own the day of the first, who is at most
-- fourteen hours ahead of UTC.
UPDATE campaigns c SET due_slot = CASE
  WHEN c.schedule ->> 'kind' = 'later' THEN concat(c.schedule ->> 'day', 'T', c.schedule ->> 'time')
  WHEN c.schedule ->> 'clock' = 'recipient' THEN concat(
    (c.due_at AT TIME ZONE 'UTC' + interval '14 hours' - (c.schedule ->> 'time')::interval)::date,
    'T', c.schedule ->> 'time')
  ELSE concat((c.due_at AT TIME ZONE w.time_zone)::date, 'T', coalesce(c.schedule ->> 'time', '00:00')) END
FROM workspaces w WHERE w.id = c.workspace_id AND c.due_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_due_slot_check" CHECK (("campaigns"."due_at" is null) = ("campaigns"."due_slot" is null));
