import { type Transaction, withTransaction } from "@/db/transaction";
import { allowPromotion, changeConsent, withdrawPromotion } from "@/server/consent";
import { contactChannels, purposes } from "@/server/consent/status";
import { bumpTopics } from "@/server/platform/realtime";
import { appendReaction } from "@/server/tracking";
import { consentSentence } from "./content";
import { customerOf, findPreferenceLink, type PreferenceCustomer, type PreferenceLink } from "./find-link";
import { addressFor, type Choice } from "./get";
import { type ChangePreferencesInput, changePreferencesInput, choiceKey } from "./schemas";

type Wish = Pick<Choice, "channel" | "purpose"> & { allowed: boolean };

/**
 * Writes what a customer chose: each moved box is an entry of the consent ledger with the sentence that stood beside it.
 * `stop` withdraws promotion on every channel, also on those that we have no address for yet. A withdrawal works for a
 * campaign that is being sent. Returns how much changed; null for a token that we did not make.
 */
export async function changePreferences(
  token: string,
  given: ChangePreferencesInput,
): Promise<{ changed: number } | null> {
  const input = changePreferencesInput.parse(given);
  const link = await findPreferenceLink(token);
  if (!link) return null;
  return withTransaction(link.ctx, async (tx) => {
    const customer = await customerOf(tx, link);
    if (!customer) return null;
    let changed = 0;
    let optedOut = false;
    for (const wish of wishesOf(input)) {
      const done = await apply(tx, { link, customer, input }, wish);
      if (done) changed++;
      if (done && wish.purpose === "promotional" && !wish.allowed) optedOut = true;
    }
    if (optedOut) await countOptOut(tx, link);
    return { changed };
  });
}

function wishesOf(input: ChangePreferencesInput): Wish[] {
  if (input.action === "stop")
    return contactChannels.map((channel) => ({ channel, purpose: "promotional", allowed: false }));
  return purposes.flatMap((purpose) =>
    contactChannels.flatMap((channel) => {
      const key = choiceKey(purpose, channel);
      const allowed = input.allowed.includes(key);
      return allowed === input.was.includes(key) ? [] : [{ channel, purpose, allowed }];
    }),
  );
}

type Asked = { link: PreferenceLink; customer: PreferenceCustomer; input: ChangePreferencesInput };

async function apply(tx: Transaction, { link, customer, input }: Asked, wish: Wish): Promise<boolean> {
  const { channel, purpose, allowed } = wish;
  const { ctx, customerId, message } = link;
  const address = addressFor(customer, channel);
  // A box that a forged form invents: there is nothing to reach by it.
  if (allowed && address === null) return false;
  const textShown = consentSentence(input.language, { company: customer.companyName, channel, purpose });
  const evidence = {
    language: input.language,
    way: input.action,
    ...(message && { execution: message.publicId, campaignId: message.campaignId }),
  };
  const source = "preferences";
  if (purpose === "service")
    return changeConsent(tx, ctx, {
      customerId,
      channel,
      purpose,
      action: allowed ? "granted" : "withdrawn",
      source,
      textShown,
      evidence,
    });
  const change = { channel, customerIds: [customerId], address, source, textShown, evidence };
  const changed = await (allowed ? allowPromotion : withdrawPromotion)(tx, ctx, change);
  return changed.length > 0;
}

/** The message that brought the customer here is what the opt-out counts for. */
async function countOptOut(tx: Transaction, { ctx, message }: PreferenceLink): Promise<void> {
  if (!message) return;
  await appendReaction(tx, message.key, {
    kind: "unsubscribed",
    dedupeKey: "unsubscribed",
    detail: { way: "preferences" },
    occurredAt: null,
  });
  await bumpTopics(tx, ctx, `campaign:${message.campaignId}`);
}
