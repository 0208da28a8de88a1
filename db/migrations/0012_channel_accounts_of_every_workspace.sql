-- What every workspace begins with: a sandbox account for each channel, the installation's mail server where the workspace
-- is not the demo, and the prices of the day. A trigger, so that no way of making a workspace can leave them out. The ids are
-- made from the workspace's own (UUIDv8), so a seed stays the same.
CREATE FUNCTION give_channel_defaults(workspace uuid, demo boolean) RETURNS void LANGUAGE sql AS $$
  INSERT INTO channel_accounts (id, workspace_id, channel, provider, name, config)
  SELECT overlay(overlay(md5(workspace::text || a.provider || a.channel) PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid,
    workspace, a.channel, a.provider, a.name, a.config
  FROM (VALUES
    ('whatsapp', 'sandbox', 'Sandbox inbox', '{}'::jsonb, true),
    ('sms', 'sandbox', 'Sandbox inbox', '{}'::jsonb, true),
    ('email', 'sandbox', 'Sandbox inbox', '{}'::jsonb, true),
    ('email', 'smtp', 'Mail server of this installation', '{"installation": true}'::jsonb, NOT demo)
  ) AS a (channel, provider, name, config, wanted)
  WHERE a.wanted
  ON CONFLICT (id) DO NOTHING;
  INSERT INTO channel_prices (id, workspace_id, channel, provider, category, country, price_micros, currency, tax_rate, valid_from)
  SELECT overlay(overlay(md5(workspace::text || provider || p.channel || p.category || p.country || p.valid_from)
      PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid,
    workspace, p.channel, provider, p.category, p.country, p.price, 'INR', 0.18, p.valid_from::date
  FROM (VALUES
    ('whatsapp', '{sandbox,meta,twilio}'::text[], 'marketing', 'IN', 784600, '2025-07-01'),
    ('whatsapp', '{sandbox,meta,twilio}', 'utility', 'IN', 115000, '2025-07-01'),
    ('whatsapp', '{sandbox,meta,twilio}', 'authentication', 'IN', 115000, '2025-07-01'),
    ('whatsapp', '{sandbox,meta,twilio}', 'service', '*', 0, '2025-07-01'),
    ('whatsapp', '{sandbox,meta,twilio}', 'marketing', 'IN', 863100, '2026-01-01'),
    ('whatsapp', '{sandbox,meta,twilio}', 'utility', 'IN', 115000, '2026-01-01'),
    ('whatsapp', '{sandbox,meta,twilio}', 'authentication', 'IN', 115000, '2026-01-01'),
    ('sms', '{sandbox,msg91,twilio}', 'part', 'IN', 180000, '2025-07-01'),
    ('email', '{sandbox,smtp}', 'message', '*', 10000, '2025-07-01')
  ) AS p (channel, providers, category, country, price, valid_from), unnest(p.providers) AS provider
  ON CONFLICT DO NOTHING;
$$;
--> statement-breakpoint
CREATE FUNCTION give_channel_defaults_to_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM give_channel_defaults(NEW.id, NEW.is_demo);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER workspaces_channel_defaults AFTER INSERT ON workspaces
  FOR EACH ROW EXECUTE FUNCTION give_channel_defaults_to_new();
--> statement-breakpoint
SELECT give_channel_defaults(id, is_demo) FROM workspaces;
--> statement-breakpoint
-- The account that carries a channel now: the one that was chosen, else the installation's mail server where there is one,
-- else the sandbox. The demo workspace never gets another than the sandbox.
CREATE FUNCTION carrying_account(workspace uuid, on_channel text, has_smtp boolean) RETURNS uuid
LANGUAGE sql STABLE AS $$
  SELECT a.id FROM channel_accounts a JOIN workspaces w ON w.id = a.workspace_id
  WHERE a.workspace_id = workspace AND a.channel = on_channel AND a.status <> 'archived'
    AND (a.provider = 'sandbox' OR NOT w.is_demo)
    AND (a.is_default OR a.provider = 'sandbox' OR a.config @> '{"installation": true}')
    AND (has_smtp OR NOT a.config @> '{"installation": true}')
  ORDER BY a.is_default DESC, a.provider = 'sandbox', a.id LIMIT 1
$$;
--> statement-breakpoint
-- Batches whose account is paused wait: nothing is leased for them.
DROP FUNCTION leasable_batches(integer);
--> statement-breakpoint
CREATE FUNCTION leasable_batches(most integer, has_smtp boolean DEFAULT false)
RETURNS TABLE (workspace_id uuid, run_number bigint, batch_number integer, lease_owner text, free boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH paused AS MATERIALIZED (
    SELECT a.workspace_id, a.channel FROM channel_accounts a
    WHERE a.status = 'paused' AND a.id = carrying_account(a.workspace_id, a.channel, has_smtp))
  SELECT o.workspace_id, o.run_number, o.batch_number, o.lease_owner, o.free FROM (
    SELECT b.workspace_id, b.run_number, b.batch_number, b.lease_owner,
      b.lease_owner IS NULL OR b.lease_until < clock_now() AS free,
      row_number() OVER (PARTITION BY b.run_number ORDER BY b.batch_number) AS turn
    FROM execution_batches b JOIN campaigns c ON c.id = b.campaign_id
    WHERE b.status = 'open' AND c.status = 'active'
      AND NOT EXISTS (SELECT FROM paused p WHERE p.workspace_id = b.workspace_id AND p.channel = b.channel)) o
  ORDER BY o.free DESC, o.turn, o.run_number LIMIT most
$$;
