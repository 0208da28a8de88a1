-- What tells of missed calls apart from the reports on calls under way: each kind is read by a loop of its own. The function
-- with one argument stays for the version before, which may run beside this one during a deploy.
CREATE FUNCTION open_call_receipts(most integer, missed boolean) RETURNS TABLE (id bigint, workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT w.id, w.workspace_id FROM webhook_receipts w
  WHERE w.processed_at IS NULL AND w.given_up_at IS NULL AND w.not_before <= clock_now()
    AND (split_part(w.url, '?', 1) LIKE '%/missed') = missed
    AND EXISTS (SELECT FROM telephony_accounts t WHERE t.id = w.account_id)
    -- A talk that was told before it makes a missed call void.
    AND NOT (missed AND EXISTS (SELECT FROM webhook_receipts o WHERE o.account_id = w.account_id AND o.id < w.id
      AND o.processed_at IS NULL AND o.given_up_at IS NULL AND o.not_before <= clock_now()
      AND split_part(o.url, '?', 1) NOT LIKE '%/missed'))
  ORDER BY w.not_before, w.id LIMIT most
$$;
