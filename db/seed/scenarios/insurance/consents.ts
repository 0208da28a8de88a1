import { addressHash, addressHint } from "@/server/consent";
import { addDays, instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import type { SeedCustomer } from "./customers";

type Channel = "email" | "sms" | "whatsapp" | "call";
type Entry = { channel: Channel; purpose: string; action: string; source: string; text: string | null };

const promotionText =
  "Yes, Suraksha Insurance Advisors may send me offers and news about insurance. I can stop this at any time.";
const sources = ["website form", "branch form", "phone call, recorded", "advisor visit"] as const;
const promotionShare: Record<Channel, number> = { email: 0.62, whatsapp: 0.46, sms: 0.4, call: 0.3 };

/** The ledger of what each customer allowed and took back, the states that follow from it, and suppressed addresses. */
export function makeConsentRows(
  random: Random,
  source: { customers: SeedCustomer[]; holders: Set<string>; today: string },
): { consents: SeedRow[]; states: SeedRow[]; suppressions: SeedRow[] } {
  const consents: SeedRow[] = [];
  const states = new Map<string, SeedRow>();
  const suppressions: SeedRow[] = [];
  const suppressed = new Set<string>();
  for (const customer of source.customers) {
    const joined = String(customer.created_at).slice(0, 10);
    for (const { entry, day } of entriesOf(random, customer, { ...source, joined })) {
      const at = instantOn(day, random.int(-200, 400));
      consents.push({
        id: seedId("insurance/consents", consents.length),
        workspace_id: customer.workspace_id ?? null,
        customer_id: customer.id,
        channel: entry.channel,
        purpose: entry.purpose,
        action: entry.action,
        source: entry.source,
        text_shown: entry.text,
        evidence: {},
        at,
      });
      states.set(`${customer.id} ${entry.channel} ${entry.purpose}`, {
        workspace_id: customer.workspace_id ?? null,
        customer_id: customer.id,
        channel: entry.channel,
        purpose: entry.purpose,
        granted: entry.action === "granted",
        at,
      });
      if (entry.action !== "withdrawn" || entry.channel !== "email" || !customer.email) continue;
      const hash = addressHash("email", customer.email);
      if (suppressed.has(hash) || random.chance(0.6)) continue;
      suppressed.add(hash);
      const reason = random.weighted({ unsubscribed: 6, hard_bounce: 3, complaint: 1 });
      suppressions.push({
        id: seedId("insurance/suppressions", suppressions.length),
        workspace_id: customer.workspace_id ?? null,
        channel: "email",
        address_hash: hash,
        address_hint: addressHint("email", customer.email),
        reason,
        origin: reason === "unsubscribed" ? "unsubscribe link" : "mail provider",
        created_at: at,
      });
    }
  }
  return { consents, states: [...states.values()], suppressions };
}

function entriesOf(
  random: Random,
  customer: SeedCustomer,
  source: { holders: Set<string>; joined: string; today: string },
): { entry: Entry; day: string }[] {
  const found: { entry: Entry; day: string }[] = [];
  const channels: Channel[] = [
    ...(customer.email ? (["email"] as const) : []),
    ...(customer.phone ? (["whatsapp", "sms", "call"] as const) : []),
  ];
  for (const channel of channels) {
    if (source.holders.has(customer.id) && channel !== "call")
      found.push({
        entry: { channel, purpose: "service", action: "granted", source: "policy contract", text: null },
        day: source.joined,
      });
    if (!random.chance(promotionShare[channel])) continue;
    const promotion = { channel, purpose: "promotional" };
    found.push({
      entry: { ...promotion, action: "granted", source: random.pick(sources), text: promotionText },
      day: source.joined,
    });
    const back = addDays(source.today, -random.int(1, 300));
    if (random.chance(0.07) && back > source.joined)
      found.push({
        entry: { ...promotion, action: "withdrawn", source: "STOP reply", text: null },
        day: back,
      });
  }
  return found;
}
