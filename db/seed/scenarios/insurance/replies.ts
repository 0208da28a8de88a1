import { classifyReply } from "@/server/responses/classify";
import { followUpOf } from "@/server/responses/status";
import { addDays, instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import type { SeedConsent } from "./consents";
import type { SeedCustomer } from "./customers";

export type SeedReply = SeedRow & { customer_id: string; class: string; received_at: string };

const wishes = [
  "Yes, please send the details of the family plan",
  "What is the last date to pay without a penalty?",
  "Can I pay half yearly instead?",
  "kitna premium hai is saal?",
  "How do I change my nominee?",
  "haan, details bhejo",
  "प्रीमियम कितना है?",
  "I have paid already, please check",
  "Interested. Share the payment link",
  "Thanks",
  "Ok",
  "धन्यवाद",
] as const;
const grievances = [
  "Worst service, nobody answers my calls",
  "My claim is still not settled, very disappointed",
] as const;
const stops = ["STOP", "Stop", "Please stop sending me messages", "band karo", "रोकें"] as const;
const outcomes = [
  "Answered by phone.",
  "Sent the brochure and the premium table.",
  "Payment link sent, paid the same day.",
  "Explained the grace period.",
  "",
  "",
] as const;

const DAYS = 60;
const PHONE = /^\+91[6-9]\d{9}$/;

/**
 * What customers wrote by themselves in the last two months, oldest first: questions and wishes of some, the grievance of whoever has
 * an open complaint, and the STOP behind each opt-out by reply. Classes come from the rules that read real replies; nobody asks for a
 * call here, for that would be a callback.
 * @param told a stream of its own, so that replies change nothing else
 */
export function makeReplyRows(
  told: Random,
  { customers, consents, today }: { customers: SeedCustomer[]; consents: SeedConsent[]; today: string },
): SeedReply[] {
  const rows: SeedReply[] = [];
  const reachable = new Map(
    customers.filter(({ phone }) => phone && PHONE.test(phone)).map((each) => [each.id, each]),
  );
  const push = (customer: SeedCustomer, said: { channel: string; text: string; at: string }) => {
    const found = classifyReply({ text: said.text });
    const open = followUpOf(found.class);
    const days = (Date.parse(`${today}T06:30:00Z`) - Date.parse(said.at)) / 86_400_000;
    const handled = open === "open" && found.class !== "complaint" && days > 2;
    rows.push({
      id: "",
      workspace_id: customer.workspace_id ?? null,
      customer_id: customer.id,
      channel: said.channel,
      from_address: customer.phone,
      text: said.text,
      class: found.class,
      classified_by: found.rule,
      explanation: { matched: found.matched, wish: found.wish, button: null, by: "address" },
      source_id: "",
      follow_up: handled ? "done" : open,
      note: handled ? told.pick(outcomes) : "",
      received_at: said.at,
      created_at: said.at,
      handled_at: handled ? new Date(Date.parse(said.at) + told.int(20, 1_500) * 60_000).toISOString() : null,
    });
  };
  const since = instantOn(addDays(today, -DAYS));
  for (const { customer_id, channel, source, at } of consents) {
    const customer = reachable.get(customer_id);
    if (source === "reply" && at >= since && customer)
      push(customer, { channel, text: told.pick(stops), at });
  }
  for (const customer of reachable.values()) {
    const complains = customer.stop_state === "open_complaint";
    if (customer.stop_state ? !complains : !told.chance(0.016)) continue;
    const at = instantOn(
      addDays(today, -told.int(complains ? 2 : 1, complains ? 20 : DAYS)),
      told.int(-300, 480),
    );
    if (at < String(customer.created_at)) continue;
    push(customer, {
      channel: told.chance(0.7) ? "whatsapp" : "sms",
      text: told.pick(complains ? grievances : wishes),
      at,
    });
  }
  rows.sort((one, other) => one.received_at.localeCompare(other.received_at));
  for (const [index, row] of rows.entries()) {
    row.id = seedId("insurance/responses", index);
    row.source_id = `seed:${index}`;
  }
  return rows;
}
