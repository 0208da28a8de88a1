import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { callbacksOf } from "./callbacks-of";
import { lastDigits, type Words } from "./words";

/** Removes or empties what one table holds of the persons. Answers one row for each that it changed. */
type Place = (ctx: Context, words: Words) => SQL;

const texts = (values: string[]): SQL => sql`any(${sql.param(values)}::text[])`;
const persons = ({ ids }: Words): SQL => sql`any(${sql.param(ids)}::uuid[])`;
/** Theirs by id, or of nobody but with an address that only they have. */
const theirs = (words: Words, address: SQL, on: string[]): SQL =>
  sql`(customer_id = ${persons(words)} or (customer_id is null and lower(${address}) = ${texts(on)}))`;
const callbacks = (ctx: Context, words: Words): SQL => sql`
  select id from callback_requests where ${callbacksOf(ctx, words)}`;

/** Cells of a row of a file (`row`, a list of texts) that name one of the persons. */
const named = (words: Words): SQL => sql`exists (
  select from jsonb_array_elements_text(row) as cell (text)
  where lower(btrim(cell.text)) = ${texts(
    [...words.emails, ...words.externalIds, ...words.names, ...words.policyNumbers].map((word) =>
      word.toLowerCase(),
    ),
  )} or right(regexp_replace(cell.text, '\\D', '', 'g'), 10) = ${texts(words.phones.map(lastDigits))})`;

const refused = "Removed: it named a person who was erased";

/**
 * Every table with personal values, except those that nobody may change (`erase_from_ledgers`). What is counted stays: rows of
 * policies, payments, events, replies and callbacks lose their words and keep their kinds, times and amounts.
 *
 * What the staff write about campaigns is left as well: names, descriptions, templates, and the comments of an approval
 * (`campaign_reviews`). None of it is told of a customer, no row says whose it could be, and a name in it need not be this
 * customer's; the comments are the proof of who let a campaign go and why, so nobody may change them.
 */
export const places = {
  customer_notes: ({ workspaceId }, words) => sql`
    delete from customer_notes where workspace_id = ${workspaceId} and customer_id = ${persons(words)} returning 1`,
  customer_changes: ({ workspaceId }, words) => sql`
    delete from customer_changes where workspace_id = ${workspaceId} and customer_id = ${persons(words)} returning 1`,
  customer_events: ({ workspaceId }, words) => sql`
    update customer_events set properties = '{}', source_id = null
    where workspace_id = ${workspaceId} and customer_id = ${persons(words)}
      and (properties <> '{}' or source_id is not null) returning 1`,
  // A birthday's or a policy's day. What stands there instead is as unique as the day was, so that the entry stays one; nobody who
  // was erased is in an audience, so the day lets them in no second time. Its executions follow in `erase_from_ledgers`.
  automation_entries: ({ workspaceId }, words) => sql`
    update automation_entries set about_date = null, occurrence =
      regexp_replace(occurrence, '\\d{4}-\\d{2}-\\d{2}$', 'erased-' || run_number || '.' || seq)
    where workspace_id = ${workspaceId} and customer_id = ${persons(words)}
      and (about_date is not null or occurrence ~ '\\d{4}-\\d{2}-\\d{2}$') returning 1`,
  conversions: ({ workspaceId }, words) => sql`
    update conversions set external_id = null, policy_number = null
    where workspace_id = ${workspaceId} and customer_id = ${persons(words)}
      and (external_id is not null or policy_number is not null) returning 1`,
  // Files that were not taken to their end; their lines can be uploaded again without this person.
  conversion_files: ({ workspaceId }, words) => sql`
    update conversion_files set content = null where workspace_id = ${workspaceId} and content is not null and exists (
      select from unnest(${sql.param(spellings(words))}::text[]) as w (word)
      where position(w.word in lower(content)) > 0) returning 1`,
  // Kept for a day: whoever asks again meets the person as one who was erased.
  api_answers: ({ workspaceId }, words) => sql`
    delete from api_answers where workspace_id = ${workspaceId} and exists (
      select from unnest(${sql.param(spellings(words))}::text[]) as w (word)
      where position(w.word in lower(answer::text)) > 0) returning 1`,
  responses: ({ workspaceId }, words) => sql`
    update responses set text = '', from_address = null, explanation = '{}', note = '', source_id = 'erased:' || id
    where workspace_id = ${workspaceId} and source_id not like 'erased:%'
      and ${theirs(words, sql`from_address`, [...words.phones, ...words.emails])} returning 1`,
  // What was answered to them: the words stand in the run that carried it too.
  campaign_runs: ({ workspaceId }, words) => sql`
    update campaign_runs set content = content || jsonb_build_object('bodies', jsonb_build_object(
      'email', jsonb_build_object(coalesce(content -> 'languages' ->> 0, 'en'), '{"subject": "–", "body": "–"}'::jsonb),
      'sms', jsonb_build_object(coalesce(content -> 'languages' ->> 0, 'en'), '{"text": "–"}'::jsonb),
      'whatsapp', jsonb_build_object(coalesce(content -> 'languages' ->> 0, 'en'), '{"text": "–"}'::jsonb)))
    where workspace_id = ${workspaceId} and number in (select run_number from response_answers
      where workspace_id = ${workspaceId} and customer_id = ${persons(words)} and text <> '') returning 1`,
  response_answers: ({ workspaceId }, words) => sql`
    update response_answers set text = '', subject = ''
    where workspace_id = ${workspaceId} and customer_id = ${persons(words)} and text <> '' returning 1`,
  sandbox_acts: ({ workspaceId }, words) => sql`
    delete from sandbox_acts where message_id in (select id from sandbox_messages where workspace_id = ${workspaceId}
      and ${theirs(words, sql`to_address`, [...words.phones, ...words.emails])}) returning 1`,
  sandbox_messages: ({ workspaceId }, words) => sql`
    delete from sandbox_messages where workspace_id = ${workspaceId}
      and ${theirs(words, sql`to_address`, [...words.phones, ...words.emails])} returning 1`,
  callback_holds: (ctx, words) => sql`
    delete from callback_holds where workspace_id = ${ctx.workspaceId} and callback_id in (${callbacks(ctx, words)}) returning 1`,
  callback_asks: (ctx, words) => sql`
    update callback_asks set description = '', source_key = null
    where workspace_id = ${ctx.workspaceId} and callback_id in (${callbacks(ctx, words)})
      and (description <> '' or source_key is not null) returning 1`,
  callback_notes: (ctx, words) => sql`
    delete from callback_notes where workspace_id = ${ctx.workspaceId} and callback_id in (${callbacks(ctx, words)}) returning 1`,
  callback_attempts: (ctx, words) => sql`
    update callback_attempts set note = '', recording_url = null
    where workspace_id = ${ctx.workspaceId} and callback_id in (${callbacks(ctx, words)})
      and (note <> '' or recording_url is not null) returning 1`,
  calls: (ctx, words) => sql`
    update calls set customer_phone = '', recording_url = null
    where workspace_id = ${ctx.workspaceId} and state = 'ended' and customer_phone <> ''
      and (callback_id in (${callbacks(ctx, words)}) or customer_phone = ${texts(words.phones)}) returning 1`,
  // After what hangs on it: number and name are what find those of strangers.
  callback_requests: (ctx, words) => sql`
    update callback_requests set customer_name = '', phone = '', email = null, description = '', tags = '{}', resolution = null
    where ${callbacksOf(ctx, words)} and closed_at is not null
      and (phone <> '' or customer_name <> '' or description <> '') returning 1`,
  import_changes: ({ workspaceId }, words) => sql`
    delete from import_changes where workspace_id = ${workspaceId} and customer_id = ${persons(words)} returning 1`,
  import_record_changes: ({ workspaceId }, words) => sql`
    delete from import_record_changes where workspace_id = ${workspaceId} and customer_id = ${persons(words)} returning 1`,
  import_claims: ({ workspaceId }, words) => sql`
    delete from import_claims where workspace_id = ${workspaceId} and customer_id = ${persons(words)} returning 1`,
  import_rejections: ({ workspaceId }, words) => sql`
    update import_rejections set row = '[]', reason = ${refused}
    where workspace_id = ${workspaceId} and ${named(words)} returning 1`,
  imports: ({ workspaceId }, words) => sql`
    update imports i set sample = (
      select coalesce(jsonb_agg(s.row order by s.nr) filter (where not ${named(words)}), '[]')
      from jsonb_array_elements(i.sample) with ordinality as s (row, nr))
    where workspace_id = ${workspaceId} and exists (
      select from jsonb_array_elements(i.sample) as s (row) where ${named(words)}) returning 1`,
  consent_file_refusals: ({ workspaceId }, words) => sql`
    update consent_file_refusals set row = '[]', reason = ${refused}
    where workspace_id = ${workspaceId} and ${named(words)} returning 1`,
  webhook_receipts: ({ workspaceId }, words) => sql`
    delete from webhook_receipts where workspace_id = ${workspaceId} and (processed_at is not null or given_up_at is not null)
      and exists (select from unnest(${sql.param(rawSpellings(words))}::text[]) as w (word)
        where position(convert_to(w.word, 'UTF8') in body) > 0 or position(w.word in url) > 0) returning 1`,
  inbound_mails: (_ctx, words) => sql`
    delete from inbound_mails where processed_at is not null and (lower(recipient) = ${texts(words.emails)}
      or exists (select from unnest(${sql.param(words.emails)}::text[]) as w (word)
        where position(convert_to(w.word, 'UTF8') in raw) > 0)) returning 1`,
  customers: ({ workspaceId }, words) => sql`
    update customers set name = '', external_id = null, phone = null, email = null, time_zone = null, city = null,
      birth_date = null, stop_state = null, advisor_id = null, attributes = '{}', tags = '{}', erase_after = null,
      erased_at = clock_now(), updated_at = clock_now()
    where workspace_id = ${workspaceId} and id = ${persons(words)} and erased_at is null returning 1`,
} satisfies Record<string, Place>;

/** What in a text of another system can only mean them. */
const spellings = ({ phones, emails, externalIds, names, policyNumbers }: Words): string[] =>
  [...phones.map(lastDigits), ...emails, ...externalIds, ...names, ...policyNumbers].map((word) =>
    word.toLowerCase(),
  );

/** As providers write them into what they post: numbers without a plus, `@` as it is or encoded. */
const rawSpellings = ({ phones, emails }: Words): string[] => [
  ...phones.map(lastDigits),
  ...emails.flatMap((email) => [email, encodeURIComponent(email)]),
];

/** Tables that name a customer by id alone, and keep doing so. `ledgers`: emptied of words by `erase_from_ledgers`. */
export const idsOnly: readonly string[] = [
  "automation_entrants",
  "campaign_check_customers",
  "consent_states",
  "customer_event_stats",
  "customer_scores",
  "engagement_crossings",
  "erasures",
  "premium_payments",
  "run_rest_customers",
  "segment_changes",
  "segment_members",
  "sending_reservations",
  "touched_customers",
];
export const ledgers: readonly string[] = ["consents", "executions", "execution_results", "delivery_events"];
