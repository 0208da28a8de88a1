SELECT secure_workspace_tables();
--> statement-breakpoint
-- Webhooks arrive before anybody knows whose they are: the account in the address says it.
CREATE FUNCTION workspace_of_account(account uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.workspace_id FROM channel_accounts a WHERE a.id = account
$$;
--> statement-breakpoint
CREATE FUNCTION open_webhook_receipts(most integer) RETURNS TABLE (id bigint, workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id, w.workspace_id FROM webhook_receipts w WHERE w.processed_at IS NULL ORDER BY w.id LIMIT most
$$;
--> statement-breakpoint
CREATE FUNCTION workspaces_with_touched_customers(most integer) RETURNS TABLE (workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT t.workspace_id FROM touched_customers t GROUP BY 1 ORDER BY min(t.touched_at) LIMIT most
$$;
--> statement-breakpoint
-- What drafts said so far becomes the English body of their e-mail.
UPDATE campaigns SET bodies = jsonb_build_object('email', jsonb_build_object('en',
  jsonb_build_object('subject', subject, 'preheader', '', 'body', body))) WHERE bodies = '{}';
