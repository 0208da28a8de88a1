import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { addressHash, addressHint } from "@/server/consent";
import {
  type ContactChannel,
  contactChannels,
  type Purpose,
  purposes,
  stopsService,
} from "@/server/consent/status";
import { type PageLanguage, pageLanguageOf } from "./content";
import { customerOf, findPreferenceLink, type PreferenceCustomer, type PreferenceLink } from "./find-link";
import { type ChoiceKey, choiceKey } from "./schemas";

/** One channel for one purpose, as it stands. */
export type Choice = {
  key: ChoiceKey;
  channel: ContactChannel;
  purpose: Purpose;
  allowed: boolean;
  /** Nothing is sent to the address whatever is chosen: it bounced, or complained. */
  blocked: boolean;
};

export type PreferencePage = {
  companyName: string;
  /** The customer's own language, as far as the page knows it. */
  language: PageLanguage;
  /** Enough of each address to know it again; only channels that reach the customer. */
  hints: Partial<Record<ContactChannel, string>>;
  choices: Choice[];
};

/** What a customer's preference centre shows; null for a token that we did not make. Reading it changes nothing. */
export async function getPreferences(token: string): Promise<PreferencePage | null> {
  const link = await findPreferenceLink(token);
  if (!link) return null;
  return withTransaction(link.ctx, async (tx) => {
    const customer = await customerOf(tx, link);
    return customer && pageOf(customer, await readChoices(tx, link, customer));
  });
}

const pageOf = (customer: PreferenceCustomer, choices: Choice[]): PreferencePage => ({
  companyName: customer.companyName,
  language: pageLanguageOf(customer.language),
  hints: Object.fromEntries(
    contactChannels.flatMap((channel) => {
      const address = addressFor(customer, channel);
      return address ? [[channel, addressHint(channel, address)]] : [];
    }),
  ),
  choices,
});

export const addressFor = (customer: PreferenceCustomer, channel: ContactChannel): string | null =>
  channel === "email" ? customer.email : customer.phone;

/** Every purpose on every channel that reaches the customer, by the rules that decide what is sent. */
export async function readChoices(
  tx: Transaction,
  link: PreferenceLink,
  customer: PreferenceCustomer,
): Promise<Choice[]> {
  const granted = await readStates(tx, link);
  const reached = contactChannels.filter((channel) => addressFor(customer, channel) !== null);
  const suppressed = await readSuppressions(tx, link, { customer, reached });
  return purposes.flatMap((purpose) =>
    reached.map((channel): Choice => {
      const reason = suppressed.get(channel) ?? null;
      const said = granted.get(choiceKey(purpose, channel));
      // A policyholder's contract allows service messages until they are withdrawn; promotion is never assumed.
      const allowed = said ?? (purpose === "service" && customer.hasPolicy);
      const blocked = reason !== null && stopsService(reason);
      const optedOut = purpose === "promotional" && reason !== null;
      return { key: choiceKey(purpose, channel), channel, purpose, allowed: allowed && !optedOut, blocked };
    }),
  );
}

async function readStates(
  tx: Transaction,
  { ctx, customerId }: PreferenceLink,
): Promise<Map<string, boolean>> {
  const rows = await tx.execute<{ channel: ContactChannel; purpose: Purpose; granted: boolean }>(sql`
    select channel, purpose, granted from consent_states
    where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId}`);
  return new Map(rows.map((row) => [choiceKey(row.purpose, row.channel), row.granted]));
}

async function readSuppressions(
  tx: Transaction,
  { ctx }: PreferenceLink,
  { customer, reached }: { customer: PreferenceCustomer; reached: readonly ContactChannel[] },
): Promise<Map<ContactChannel, string>> {
  const hashes = reached.map((channel) => addressHash(channel, addressFor(customer, channel) ?? ""));
  const rows = await tx.execute<{ channel: ContactChannel; reason: string }>(sql`
    select s.channel, s.reason from suppressions s
    join unnest(${sql.param([...reached])}::text[], ${sql.param(hashes)}::text[]) as a (channel, hash)
      on s.channel = a.channel and s.address_hash = a.hash
    where s.workspace_id = ${ctx.workspaceId}`);
  return new Map(rows.map((row) => [row.channel, row.reason]));
}
