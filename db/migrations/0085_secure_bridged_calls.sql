SELECT secure_workspace_tables();
--> statement-breakpoint
-- The door that providers of calls post to knows only the account in its address.
CREATE FUNCTION workspace_of_telephony_account(account uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.workspace_id FROM telephony_accounts a WHERE a.id = account
$$;
--> statement-breakpoint
-- What providers of calls posted, in the order in which it came; what others posted is read elsewhere.
CREATE FUNCTION open_call_receipts(most integer) RETURNS TABLE (id bigint, workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id, w.workspace_id FROM webhook_receipts w
  WHERE w.processed_at IS NULL AND w.given_up_at IS NULL AND w.not_before <= clock_now()
    AND EXISTS (SELECT FROM telephony_accounts t WHERE t.id = w.account_id)
  ORDER BY w.not_before, w.id LIMIT most
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION open_webhook_receipts(most integer) RETURNS TABLE (id bigint, workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id, w.workspace_id FROM webhook_receipts w
  WHERE w.processed_at IS NULL AND w.given_up_at IS NULL AND w.not_before <= clock_now()
    AND NOT EXISTS (SELECT FROM telephony_accounts t WHERE t.id = w.account_id)
  ORDER BY w.not_before, w.id LIMIT most
$$;
--> statement-breakpoint
-- Calls of any workspace that should have been asked about by now.
CREATE FUNCTION calls_to_ask_about(grace interval, most integer) RETURNS TABLE (id uuid, workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.id, c.workspace_id FROM calls c WHERE c.ask_at < clock_now() - grace ORDER BY c.ask_at LIMIT most
$$;
