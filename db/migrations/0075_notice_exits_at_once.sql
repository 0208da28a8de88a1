SELECT secure_workspace_tables();
--> statement-breakpoint
-- Whether what an entry of an automation is about was paid since: a payment that names its policy, or none; or what fell due is
-- on record as paid.
CREATE FUNCTION entry_is_paid(e automation_entries) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM customer_events v LEFT JOIN policies p ON p.id = e.policy_id
      WHERE v.workspace_id = e.workspace_id AND v.customer_id = e.customer_id AND v.name = 'payment_received'
        AND v.received_at >= e.entered_at
        AND (p.id IS NULL OR coalesce(v.properties ->> 'policy_number', p.policy_number) = p.policy_number))
    OR EXISTS (SELECT FROM premium_payments y WHERE y.workspace_id = e.workspace_id AND y.policy_id = e.policy_id
      AND y.due_date = e.about_date AND y.status = 'paid')
$$;
--> statement-breakpoint
-- Why somebody leaves an automation: the first of its exits that has come about since they entered, or that they were erased;
-- null when nothing has. The one meaning for the steps, for whoever is noticed while they wait, and for the sender. `exits`: those
-- of the version that they entered; `part`: that of its messages. A machine's answer is no reply.
CREATE FUNCTION exit_of_entry(e automation_entries, part integer, exits jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM customers c WHERE c.id = e.customer_id AND c.erased_at IS NOT NULL) THEN 'erased'
    WHEN exits ? 'paid' AND entry_is_paid(e) THEN 'paid'
    WHEN exits ? 'unsubscribed' AND (
      EXISTS (SELECT FROM executions x JOIN delivery_events d ON d.part = x.part AND d.run_number = x.run_number AND d.seq = x.seq
        WHERE x.part = exit_of_entry.part AND x.run_number = e.run_number AND x.customer_id = e.customer_id
          AND d.kind = 'unsubscribed')
      OR EXISTS (SELECT FROM responses r WHERE r.workspace_id = e.workspace_id AND r.customer_id = e.customer_id
        AND r.class = 'unsubscribe' AND r.received_at >= e.entered_at)
      OR EXISTS (SELECT FROM consent_states s WHERE s.workspace_id = e.workspace_id AND s.customer_id = e.customer_id
        AND NOT s.granted AND s.at >= e.entered_at)) THEN 'unsubscribed'
    WHEN exits ? 'replied' AND EXISTS (SELECT FROM responses r
      WHERE r.workspace_id = e.workspace_id AND r.customer_id = e.customer_id AND r.class <> 'auto_reply'
        AND r.received_at >= e.entered_at) THEN 'replied'
    WHEN exits ? 'converted' AND EXISTS (SELECT FROM conversions v
      WHERE v.workspace_id = e.workspace_id AND v.customer_id = e.customer_id AND v.campaign_id = e.campaign_id
        AND v.discounted_for IS NULL AND v.received_at >= e.entered_at) THEN 'converted'
  END
$$;
