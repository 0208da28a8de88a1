import type { Sql } from "postgres";
import { newId } from "@/server/platform/ids";
import type { SentRun } from "@/server/tracking/testing/sent-run";

/** What no other row of a test's database has. */
export const person = {
  name: "Quillabeth Zarnowick",
  phone: "+919833344455",
  email: "quilla.zarnowick@rarehost.example",
  externalId: "EXT-ZQ-7781",
  policyNumber: "POL-ZQ-9001",
};

/** Words of hers that must be nowhere: names, addresses in every spelling, and what people wrote about her. */
export const wordsOfPerson = [
  "Quillabeth",
  "Zarnowick",
  "9833344455",
  "98333 44455",
  "rarehost",
  "ZQ-7781",
  "ZQ-9001",
  "zq-secret",
  "Zqville",
  "birthday/2026-02-28",
];

/**
 * A person with a value of her own in every place that can hold one, and a neighbour beside her, whom nothing may happen to.
 * The first customer of `run`, a WhatsApp run of two, is the person.
 */
export async function makePerson(
  owner: Sql,
  workspaceId: string,
  run: SentRun,
): Promise<{ id: string; neighbour: string }> {
  const [id = "", neighbour = ""] = run.customerIds;
  const { name, phone, email, externalId, policyNumber } = person;
  await owner`
    update customers set name = ${name}, phone = ${phone}, email = ${email}, external_id = ${externalId}, city = 'Zqville',
      birth_date = '1980-02-29', time_zone = 'Asia/Kolkata', tags = '{zq-secret}',
      attributes = ${owner.json({ branch: "zq-secret branch" })} where id = ${id}`;
  await records(owner, workspaceId, { id, policyNumber });
  await words(owner, workspaceId, { id, run });
  await entry(owner, workspaceId, { id, run });
  await callback(owner, workspaceId, id);
  await bridged(owner, workspaceId);
  await files(owner, workspaceId, id);
  return { id, neighbour };
}

async function records(
  owner: Sql,
  workspaceId: string,
  { id, policyNumber }: { id: string; policyNumber: string },
) {
  const policyId = newId();
  await owner`
    insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
      currency, payment_mode, start_date, renewal_date)
    values (${policyId}, ${workspaceId}, ${id}, ${policyNumber}, 'life', 'Suraksha Jeevan', 'in_force', 12000000000,
      'INR', 'yearly', '2020-02-29', '2027-02-28')`;
  await owner`
    insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status, paid_at)
    values (${newId()}, ${workspaceId}, ${policyId}, ${id}, '2026-02-28', 12000000000, 'INR', 'paid', clock_now())`;
  await owner`
    insert into customer_events (id, workspace_id, customer_id, source_id, name, properties, occurred_at)
    values (${newId()}, ${workspaceId}, ${id}, ${`crm ${person.externalId}`}, 'inquiry',
      ${owner.json({ contact: person.phone })}, clock_now())`;
  await owner`
    insert into customer_event_stats (workspace_id, customer_id, name, count, first_at, last_at)
    values (${workspaceId}, ${id}, 'inquiry', 1, clock_now(), clock_now())`;
  await owner`
    insert into conversions (id, workspace_id, customer_id, source, external_id, currency, policy_number, occurred_at)
    values (${newId()}, ${workspaceId}, ${id}, 'api', ${`receipt of ${person.externalId}`}, 'INR', ${policyNumber}, clock_now())`;
  await owner`
    insert into api_answers (workspace_id, api_key_id, idempotency_key, request_hash, status, answer)
    values (${workspaceId}, ${newId()}, ${newId()}, 'h', 201, ${owner.json({ name: person.name })}),
      (${workspaceId}, ${newId()}, ${newId()}, 'h', 201, ${owner.json({ name: "Somebody" })})`;
  await owner`
    insert into consents (id, workspace_id, customer_id, channel, purpose, action, source, text_shown, evidence)
    values (${newId()}, ${workspaceId}, ${id}, 'whatsapp', 'promotional', 'granted', 'form', ${`I, ${person.name}, agree`},
      ${owner.json({ reference: `form of ${person.name}`, campaignId: newId() })})`;
}

async function words(owner: Sql, workspaceId: string, { id, run }: { id: string; run: SentRun }) {
  const { phone, email, name } = person;
  await owner`
    insert into customer_notes (id, workspace_id, customer_id, author_id, text)
    values (${newId()}, ${workspaceId}, ${id}, ${newId()}, 'zq-secret: prefers calls after six')`;
  await owner`
    insert into customer_changes (id, workspace_id, customer_id, actor_kind, subject, subject_id, before, after)
    values (${newId()}, ${workspaceId}, ${id}, 'user', 'customer', ${id}, ${owner.json({ name: "" })}, ${owner.json({ name })})`;
  for (const customerId of [id, null])
    await owner`
      insert into responses (id, workspace_id, customer_id, channel, from_address, text, class, classified_by, explanation,
        source_id, note, received_at)
      values (${newId()}, ${workspaceId}, ${customerId}, 'whatsapp', ${phone}, 'zq-secret reply', 'question', 'rule',
        ${owner.json({ matched: "zq-secret" })}, ${`sandbox:${phone}:${customerId}`}, 'zq-secret note', clock_now())`;
  await owner`
    update campaign_runs set content = content || ${owner.json({
      languages: ["en"],
      bodies: { whatsapp: { en: { text: `Dear ${name}, zq-secret` } } },
    })} where number = ${run.runNumber}`;
  await owner`
    insert into response_answers (id, workspace_id, response_id, customer_id, subject, text, by_user, part, run_number)
    values (${newId()}, ${workspaceId}, ${newId()}, ${id}, 'zq-secret', ${`Dear ${name}`}, ${newId()}, ${run.part}, ${run.runNumber})`;
  const messageId = newId();
  await owner`
    insert into sandbox_messages (id, workspace_id, public_id, kind, channel, campaign_id, customer_id, from_address,
      to_address, to_name, subject, text, headers)
    values (${messageId}, ${workspaceId}, ${run.publicIds[0] ?? ""}, 'campaign', 'whatsapp', ${run.campaignId}, ${id}, 'us',
      ${phone}, ${name}, ${`Dear ${name}`}, ${`Dear ${name}`}, ${owner.json({ To: email })})`;
  await owner`
    insert into sandbox_acts (message_id, workspace_id, kind, reply, due_at)
    values (${messageId}, ${workspaceId}, 'reply', 'zq-secret answer', clock_now() + interval '1 hour')`;
  await owner`
    insert into sandbox_messages (id, workspace_id, public_id, kind, channel, from_address, to_address, text)
    values (${newId()}, ${workspaceId}, ${newId()}, 'test', 'email', 'us', ${email}, 'A test')`;
  await owner`
    update execution_results set detail = ${`550 no mailbox for ${email}`}, provider_message_id = ${`wamid.${phone}`}
    where run_number = ${run.runNumber} and seq = 1`;
  await owner`
    insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, first, detail, occurred_at)
    values (${run.part}, ${run.runNumber}, 1, 'opened:1', ${workspaceId}, 'opened', true,
      ${owner.json({ method: "GET", userAgent: "Zarnowick's own browser", addressHash: "h", rule: null })}, clock_now())`;
  await owner`
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, delivered, opened, replied)
    values (${workspaceId}, ${run.runNumber}, ${run.campaignId}, clock_now(), 'whatsapp', 2, 1, 1)`;
}

/** Her first message was that of her birthday, and another one followed it. */
async function entry(owner: Sql, workspaceId: string, { id, run }: { id: string; run: SentRun }) {
  await owner`
    insert into automation_entries (campaign_id, customer_id, occurrence, workspace_id, run_number, seq, place, about_date, status)
    values (${run.campaignId}, ${id}, 'birthday/2026-02-28', ${workspaceId}, ${run.runNumber}, 1, 0, '2026-02-28', 'inside')`;
  await owner`update executions set occurrence = 'birthday/2026-02-28' where run_number = ${run.runNumber} and seq = 1`;
  await owner`
    insert into executions (part, run_number, seq, workspace_id, customer_id, occurrence, step, channel)
    values (${run.part}, ${run.runNumber}, 3, ${workspaceId}, ${id}, 'birthday/2026-02-28', 2, 'email')`;
}

async function callback(owner: Sql, workspaceId: string, id: string) {
  const { phone, email, name } = person;
  const callbackId = newId();
  await owner`
    insert into callback_requests (id, workspace_id, customer_id, customer_name, phone, email, request_type, description, tags,
      source, sum, priority, order_key, not_before, resolution)
    values (${callbackId}, ${workspaceId}, ${id}, ${name}, ${phone}, ${email}, 'renewal', 'zq-secret wish', '{zq-secret}',
      'reply', 10, 'low', 1, clock_now(), 'zq-secret end')`;
  await owner`
    insert into callback_asks (id, workspace_id, callback_id, source, source_key, description)
    values (${newId()}, ${workspaceId}, ${callbackId}, 'reply', ${`reply of ${phone}`}, 'zq-secret wish')`;
  await owner`
    insert into callback_attempts (id, workspace_id, callback_id, membership_id, via, recording_url, note)
    values (${newId()}, ${workspaceId}, ${callbackId}, ${newId()}, 'tel', 'https://example.test/zq-secret.mp3', 'zq-secret')`;
  await owner`
    insert into callback_notes (activity_id, workspace_id, callback_id, text)
    values (${newId()}, ${workspaceId}, ${callbackId}, 'zq-secret note')`;
  await owner`
    insert into callback_holds (workspace_id, phone, callback_id, membership_id, generation, until)
    values (${workspaceId}, ${phone}, ${callbackId}, ${newId()}, 1, clock_now() + interval '1 hour')`;
}

async function bridged(owner: Sql, workspaceId: string) {
  await owner`
    insert into calls (id, workspace_id, membership_id, account_id, provider, purpose, line, agent_phone, customer_phone, state,
      recording_url)
    values (${newId()}, ${workspaceId}, ${newId()}, ${newId()}, 'exotel', 'service', '+911600123456', '+919812300000',
      ${person.phone}, 'ended', 'https://example.test/zq-secret.mp3')`;
}

async function files(owner: Sql, workspaceId: string, id: string) {
  const { phone, email, name, policyNumber } = person;
  const importId = newId();
  const row = [name, "098333 44455", email.toUpperCase()];
  await owner`
    insert into imports (id, workspace_id, file_name, file_path, file_bytes, status, encoding, delimiter, headers, sample, created_by)
    values (${importId}, ${workspaceId}, 'people.csv', ${`uploads/${importId}.csv`}, 1, 'completed', 'utf-8', ',',
      ${owner.json(["name", "phone", "email"])}, ${owner.json([row, ["Somebody", "", ""]])}, ${newId()})`;
  await owner`
    insert into import_rejections (workspace_id, import_id, row_number, reason, row)
    values (${workspaceId}, ${importId}, 1, 'The tier is unknown', ${owner.json(row)}),
      (${workspaceId}, ${importId}, 2, 'The tier is unknown', ${owner.json(["Somebody", "", ""])})`;
  await owner`
    insert into import_changes (workspace_id, import_id, customer_id, action, after)
    values (${workspaceId}, ${importId}, ${id}, 'created', ${owner.json({ name })})`;
  await owner`
    insert into import_record_changes (workspace_id, import_id, kind, record_id, customer_id, action, after)
    values (${workspaceId}, ${importId}, 'policy', ${newId()}, ${id}, 'created', ${owner.json({ policyNumber })})`;
  await owner`
    insert into import_claims (workspace_id, import_id, row_number, customer_id, phone, email, name)
    values (${workspaceId}, ${importId}, 1, ${id}, ${phone}, ${email}, ${name})`;
  await owner`
    insert into consent_file_refusals (workspace_id, file_id, row_number, reason, row)
    values (${workspaceId}, ${newId()}, 1, 'The channel is unknown', ${owner.json(row)})`;
  await owner`
    insert into conversion_files (id, workspace_id, name, content, lines, created_by)
    values (${newId()}, ${workspaceId}, 'receipts.csv', ${`email,value\n${email},12`}, 1, ${newId()})`;
  await owner`
    insert into suppressions (id, workspace_id, channel, address_hash, address_hint, reason, origin)
    values (${newId()}, ${workspaceId}, 'email', 'of somebody else', 'q•••@example.test', 'manual', 'by hand')`;
  await owner`
    insert into webhook_receipts (workspace_id, account_id, provider, url, headers, body, processed_at)
    values (${workspaceId}, ${newId()}, 'meta', 'https://example.test/hook', '{}', ${Buffer.from(`{"wa_id":"${phone.slice(1)}"}`)},
      clock_now())`;
  await owner`
    insert into inbound_mails (digest, recipient, raw, processed_at)
    values (${newId()}, 'reply@example.test', ${Buffer.from(`From: ${name} <${email}>`)}, clock_now())`;
}
