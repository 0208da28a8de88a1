-- The day that a message was about (a birthday, a start of a policy) says something of the person: with the entry of an automation
-- (`server/erasures/places.ts` empties it first) its executions lose it too. An entry's first execution has its number, the
-- others share the occurrence of that one.
CREATE OR REPLACE FUNCTION erase_from_ledgers(workspace uuid, persons uuid[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE due uuid[]; consented integer; dated integer; answered integer; visited integer;
BEGIN
  SELECT coalesce(array_agg(e.customer_id), '{}') INTO due FROM erasures e
  WHERE e.workspace_id = workspace AND e.customer_id = ANY(persons) AND e.cancelled_at IS NULL AND e.due_at <= clock_now();

  UPDATE consents c SET text_shown = NULL,
    evidence = only_keys(c.evidence, '{importId,fileId,execution,campaignId,responseId,way,provider}')
  WHERE c.workspace_id = workspace AND c.customer_id = ANY(due) AND (c.text_shown IS NOT NULL OR c.evidence <> '{}');
  GET DIAGNOSTICS consented = ROW_COUNT;

  UPDATE executions x SET occurrence = a.occurrence
  FROM automation_entries a JOIN executions f ON f.workspace_id = a.workspace_id AND f.customer_id = a.customer_id
    AND f.run_number = a.run_number AND f.seq = a.seq AND f.occurrence <> a.occurrence
  WHERE a.workspace_id = workspace AND a.customer_id = ANY(due) AND x.workspace_id = workspace
    AND x.customer_id = a.customer_id AND x.part = f.part AND x.run_number = f.run_number AND x.occurrence = f.occurrence;
  GET DIAGNOSTICS dated = ROW_COUNT;

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

  RETURN jsonb_build_object('consents', consented, 'occurrences', dated, 'results', answered, 'reactions', visited);
END $$;
