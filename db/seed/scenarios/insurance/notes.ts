import { addDays, instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import type { SeedCustomer } from "./customers";
import type { SeedPayment } from "./payments";
import type { SeedPolicy } from "./policies";

/** What a note can speak of; a line is left out where the customer lacks what it needs. */
type Known = { told: Random; policy: SeedPolicy | undefined; missed: SeedPayment | undefined };

const someDay = (told: Random) =>
  told.pick(["Monday", "the 5th", "the 10th", "next week", "after Diwali", "month end"]);
const lines: ((known: Known) => string | null)[] = [
  ({ policy, told }) =>
    policy ? `Called about ${policy.product_name}. Will pay by ${someDay(told)}, prefers UPI.` : null,
  ({ policy }) =>
    policy ? `Asked what ${policy.product_name} covers abroad. Sent the brochure by mail.` : null,
  ({ policy, told }) =>
    policy
      ? `Wants to move ${policy.policy_number} from ${policy.payment_mode} to ${told.pick(["yearly", "half-yearly"])} payment at the next renewal.`
      : null,
  ({ missed, told }) =>
    missed
      ? `Premium due ${missed.due_date} not paid: ${told.pick(["salary comes on the 7th", "bank refused the mandate", "was travelling", "forgot, will do it tonight"])}.`
      : null,
  ({ missed }) =>
    missed
      ? "Bank changed, the old mandate does not work any more. New form handed over at the branch."
      : null,
  ({ told }) => `Rings back only after ${told.pick(["6 pm", "7 pm", "lunch"])}; do not call in office hours.`,
  ({ told }) =>
    `Met at ${told.pick(["home", "the office", "the branch"])}. ${told.pick(["Daughter starts college next year, interested in Bal Bhavishya", "Planning to retire in five years, wants pension figures", "Parents are above 60, asked for Arogya Senior", "Bought a second car, wants a quote for it"])}.`,
  ({ told }) =>
    `${told.pick(["Wife", "Husband", "Son", "Brother"])} handles the papers: talk to ${told.pick(["her", "him", "them"])} about documents.`,
  () => "New address, proof still missing. Reminded by WhatsApp.",
  () => "Nominee is still the late father. Sent the form for the change.",
  () => "हिंदी में बात करना पसंद करते हैं।",
  ({ told }) =>
    `Unhappy about a claim that took ${told.int(3, 7)} weeks. Apologised and explained the steps; calmer at the end.`,
  ({ told }) =>
    `Referred by ${told.pick(["a colleague", "a neighbour", "the brother", "a school friend"])}. Thank them with the Diwali mail.`,
];

type Source = {
  customers: SeedCustomer[];
  policies: SeedPolicy[];
  payments: SeedPayment[];
  today: string;
  /** Users of the call centre. */
  agents: string[];
  /** Membership of an advisor → user. */
  advisors: Map<string, string>;
};

/**
 * Notes on about 8 % of the customers, oldest first: advisors write about their own book, agents about the others.
 * @param told a stream of its own, so that notes change nothing else
 */
export function makeNoteRows(told: Random, source: Source): SeedRow[] {
  const { customers, today, agents, advisors } = source;
  const policyOf = new Map(source.policies.map((policy) => [policy.customer_id, policy]));
  const missedOf = new Map(
    source.payments
      .filter(({ status }) => status === "overdue" || status === "failed")
      .map((payment) => [payment.customer_id, payment]),
  );
  const notes: (SeedRow & { created_at: string })[] = [];
  for (const customer of customers) {
    const advisor = advisors.get(String(customer.advisor_id));
    if (customer.stop_state === "deceased" || !told.chance(advisor ? 0.2 : 0.065)) continue;
    const known = { told, policy: policyOf.get(customer.id), missed: missedOf.get(customer.id) };
    const possible = lines.filter((line) => line(known) !== null);
    for (let count = told.weighted({ "1": 70, "2": 22, "3": 8 }), nth = 0; nth < Number(count); nth++) {
      const at = instantOn(addDays(today, -told.int(1, 210)), told.int(-110, 420));
      if (at < String(customer.created_at)) continue;
      notes.push({
        workspace_id: customer.workspace_id ?? null,
        customer_id: customer.id,
        author_id: advisor ?? told.pick(agents),
        text: told.pick(possible)(known) ?? "",
        created_at: at,
      });
    }
  }
  notes.sort((one, other) => one.created_at.localeCompare(other.created_at));
  return notes.map((note, index) => ({ id: seedId("insurance/notes", index), ...note }));
}
