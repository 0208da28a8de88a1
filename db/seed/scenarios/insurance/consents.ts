import { addressHash, addressHint } from "@/server/consent";
import { addDays, instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import { type Asked, contractProof, makeAsking, withdrawalProof } from "./consent-proofs";
import type { SeedCustomer } from "./customers";
import type { SeedPolicy } from "./policies";

type Channel = "email" | "sms" | "whatsapp" | "call";
export type SeedConsent = SeedRow & {
  customer_id: string;
  channel: Channel;
  purpose: "promotional" | "service";
  action: "granted" | "withdrawn";
  source: string;
  at: string;
};

const promotionShare: Record<Channel, number> = { email: 0.62, whatsapp: 0.46, sms: 0.4, call: 0.3 };

type Source = {
  customers: SeedCustomer[];
  policies: SeedPolicy[];
  today: string;
  /** Users who write down what customers tell them. */
  staff: string[];
};

/**
 * The ledger of what each customer allowed and took back, oldest first, the states that follow from it, and suppressed
 * addresses. `random` decides who allowed what; `told`, a stream of its own, decides how and when they said so.
 */
export function makeConsentRows(
  { random, told }: { random: Random; told: Random },
  source: Source,
): { consents: SeedConsent[]; states: SeedRow[]; suppressions: SeedRow[] } {
  const consents: SeedConsent[] = [];
  const suppressions: SeedRow[] = [];
  const suppressed = new Set<string>();
  const contracts = firstPolicies(source.policies);
  for (const customer of source.customers) {
    const asked = makeAsking(told, customer, source);
    for (const entry of entriesOf(random, customer, {
      contract: contracts.get(customer.id),
      asked,
      told,
      ...source,
    })) {
      consents.push(entry);
      if (entry.action !== "withdrawn" || entry.channel !== "email" || !customer.email) continue;
      const hash = addressHash("email", customer.email);
      if (suppressed.has(hash) || random.chance(0.6)) continue;
      suppressed.add(hash);
      const reason = random.weighted({ unsubscribed: 6, hard_bounce: 3, complaint: 1 });
      suppressions.push({
        id: "",
        workspace_id: customer.workspace_id ?? null,
        channel: "email",
        address_hash: hash,
        address_hint: addressHint("email", customer.email),
        reason,
        origin: reason === "unsubscribed" ? entry.source : "provider",
        created_at: entry.at,
      });
    }
  }
  // Ledger and list are read by id: ids follow the time, as they do where it is written line by line.
  consents.sort((one, other) => one.at.localeCompare(other.at));
  for (const [index, consent] of consents.entries()) consent.id = seedId("insurance/consents", index);
  suppressions.sort((one, other) => String(one.created_at).localeCompare(String(other.created_at)));
  for (const [index, entry] of suppressions.entries()) entry.id = seedId("insurance/suppressions", index);
  return { consents, states: statesOf(consents), suppressions };
}

function statesOf(consents: SeedConsent[]): SeedRow[] {
  const states = new Map<string, SeedRow>();
  for (const { workspace_id, customer_id, channel, purpose, action, at } of consents)
    states.set(`${customer_id} ${channel} ${purpose}`, {
      workspace_id: workspace_id ?? null,
      customer_id,
      channel,
      purpose,
      granted: action === "granted",
      at,
    });
  return [...states.values()];
}

const firstPolicies = (policies: SeedPolicy[]): Map<string, SeedPolicy> => {
  const found = new Map<string, SeedPolicy>();
  for (const policy of policies) {
    const known = found.get(policy.customer_id);
    if (!known || policy.start_date < known.start_date) found.set(policy.customer_id, policy);
  }
  return found;
};

type Circumstances = {
  contract: SeedPolicy | undefined;
  asked: Asked;
  told: Random;
  today: string;
  staff: string[];
};

function entriesOf(random: Random, customer: SeedCustomer, about: Circumstances): SeedConsent[] {
  const found: SeedConsent[] = [];
  const joined = String(customer.created_at).slice(0, 10);
  const channels: Channel[] = [
    ...(customer.email ? (["email"] as const) : []),
    ...(customer.phone ? (["whatsapp", "sms", "call"] as const) : []),
  ];
  const push = (entry: Pick<SeedConsent, "channel" | "purpose" | "action">, proof: Asked) =>
    found.push({
      id: "",
      workspace_id: customer.workspace_id ?? null,
      customer_id: customer.id,
      ...entry,
      ...proof,
    });
  for (const channel of channels) {
    if (about.contract && channel !== "call")
      push({ channel, purpose: "service", action: "granted" }, contractProof(customer, about.contract));
    if (!random.chance(promotionShare[channel])) continue;
    const back = addDays(about.today, -random.int(1, 300));
    const withdrawn = random.chance(0.07) && back > joined;
    const minutes = random.int(-200, 400);
    // Who took it back had given it before.
    const given =
      withdrawn && about.asked.at.slice(0, 10) >= back
        ? { ...about.asked, at: String(customer.created_at) }
        : about.asked;
    push({ channel, purpose: "promotional", action: "granted" }, given);
    if (withdrawn)
      push(
        { channel, purpose: "promotional", action: "withdrawn" },
        { ...withdrawalProof(about.told, channel, about.staff), at: instantOn(back, minutes) },
      );
  }
  return found;
}
