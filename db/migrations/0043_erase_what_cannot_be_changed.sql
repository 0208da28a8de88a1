-- The keys of an object that are kept, the others go.
CREATE FUNCTION only_keys(object jsonb, kept text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}'::jsonb) FROM jsonb_each(object) AS e WHERE e.key = ANY(kept)
$$;
--> statement-breakpoint
-- Takes personal words out of tables that nobody may change: what providers answered, what browsers said of themselves, what
-- consents were shown and proved by. Rows, states, times, money and everything that is counted stay. Only for persons whose
-- erasure is due: for anybody else it does nothing.
CREATE FUNCTION erase_from_ledgers(workspace uuid, persons uuid[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE due uuid[]; consented integer; answered integer; visited integer;
BEGIN
  SELECT coalesce(array_agg(e.customer_id), '{}') INTO due FROM erasures e
  WHERE e.workspace_id = workspace AND e.customer_id = ANY(persons) AND e.cancelled_at IS NULL AND e.due_at <= clock_now();

  UPDATE consents c SET text_shown = NULL,
    evidence = only_keys(c.evidence, '{importId,fileId,execution,campaignId,responseId,way,provider}')
  WHERE c.workspace_id = workspace AND c.customer_id = ANY(due) AND (c.text_shown IS NOT NULL OR c.evidence <> '{}');
  GET DIAGNOSTICS consented = ROW_COUNT;

  -- WhatsApp's ids of messages have the number in them.
  UPDATE execution_results r SET detail = NULL, provider_message_id = NULL FROM executions e
  WHERE e.workspace_id = workspace AND e.customer_id = ANY(due)
    AND r.part = e.part AND r.run_number = e.run_number AND r.seq = e.seq
    AND (r.detail IS NOT NULL OR r.provider_message_id IS NOT NULL);
  GET DIAGNOSTICS answered = ROW_COUNT;

  -- A person's browser stays one of a person, so that a later look at the rules for machines counts the same.
  UPDATE delivery_events d SET detail =
    only_keys(d.detail, '{method,purpose,rule,implied,by,way,responseId,class,reason,charged,currency}')
    || CASE WHEN d.detail ? 'userAgent' THEN jsonb_build_object('addressHash', '', 'userAgent',
         CASE WHEN d.machine THEN d.detail ->> 'userAgent' ELSE 'Mozilla/5.0 (erased)' END) ELSE '{}'::jsonb END
  FROM executions e
  WHERE e.workspace_id = workspace AND e.customer_id = ANY(due)
    AND d.part = e.part AND d.run_number = e.run_number AND d.seq = e.seq AND d.detail <> '{}';
  GET DIAGNOSTICS visited = ROW_COUNT;

  RETURN jsonb_build_object('consents', consented, 'results', answered, 'reactions', visited);
END $$;
--> statement-breakpoint
-- Erasures that came due, and those of some minutes ago, which are looked at once more for what was under way: ids only.
CREATE OR REPLACE FUNCTION due_erasures(most integer) RETURNS TABLE (workspace_id uuid, customer_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT e.workspace_id, e.customer_id FROM erasures e
  WHERE e.checked_at IS NULL AND e.cancelled_at IS NULL AND e.due_at <= clock_now()
    AND (e.done_at IS NULL OR e.done_at <= clock_now() - interval '10 minutes')
  ORDER BY e.due_at LIMIT most
$$;
