import type { Condition, Count, Rule, RuleNode, Test } from "../rule/model";
import type { Memory, Person } from "./people";
import { dateTest, localDay, valueTest } from "./tests";

/**
 * Whether a rule holds for a person, by the plainest reading of it: no SQL, nothing shared with the compiler beyond the
 * shape of a rule. What the compiler is judged by.
 */
export function holds(rule: Rule, person: Person, memory: Memory): boolean {
  return nodeHolds(rule, person, memory);
}

function nodeHolds(node: RuleNode, person: Person, memory: Memory): boolean {
  if (!("match" in node)) return conditionHolds(node, person, memory);
  const answers = node.of.map((child) => nodeHolds(child, person, memory));
  if (node.match === "all") return answers.every((yes) => yes);
  if (node.match === "any") return answers.some((yes) => yes);
  return !answers.some((yes) => yes);
}

function conditionHolds(condition: Condition, person: Person, memory: Memory): boolean {
  switch (condition.on) {
    case "customer":
      return customerHolds(condition, person, memory);
    case "policy":
      return counted(
        person.policies.filter((policy) => condition.where.every((test) => policyHolds(test, policy, memory)))
          .length,
        condition.count,
      );
    case "payment":
      return counted(
        person.payments.filter((payment) =>
          condition.where.every((test) => paymentHolds(test, payment, memory)),
        ).length,
        condition.count,
      );
    case "event":
      return counted(
        person.events.filter(
          (event) =>
            event.name === condition.name &&
            inWindow(event.at, condition.when, memory) &&
            condition.where.every((test) =>
              valueTest(test.type, read(event.properties[test.property], test.type), test, memory.today),
            ),
        ).length,
        condition.count,
      );
    case "campaign": {
      if (condition.interaction === "converted")
        return (
          person.conversions.some(
            ({ campaign, counts, at }) =>
              counts &&
              campaign !== null &&
              (condition.campaign === null || campaign === condition.campaign) &&
              inWindow(at, condition.when, memory),
          ) === condition.did
        );
      const found = person.messages
        .filter(({ campaign }) => condition.campaign === null || campaign === condition.campaign)
        .some((message) =>
          interacted(condition.interaction, message, (at) => inWindow(at, condition.when, memory)),
        );
      return found === condition.did;
    }
    case "consent": {
      const entry = person.consents.find(
        ({ channel, purpose }) => channel === condition.channel && purpose === condition.purpose,
      );
      if (condition.state === "granted") return entry?.granted === true;
      if (condition.state === "not_granted") return entry?.granted !== true;
      return condition.state === "withdrawn" ? entry?.granted === false : entry === undefined;
    }
    case "reach": {
      const { email, phone } = person.fields;
      const address = (condition.channel === "email" ? email : phone)?.trim() ?? "";
      const shaped =
        condition.channel === "email"
          ? /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address)
          : /^\+(91[6-9]\d{9}|(?!91)[1-9]\d{6,14})$/.test(address);
      return (shaped && !person.suppressed.includes(condition.channel)) === condition.can;
    }
    case "segment": {
      const rule = memory.segments.get(condition.segment);
      if (!rule) throw new Error("no such segment in memory");
      return nodeHolds(rule, person, memory) === condition.in;
    }
  }
}

function counted(found: number, { op, n = 0 }: Count): boolean {
  switch (op) {
    case "some":
      return found > 0;
    case "none":
      return found === 0;
    case "at_least":
      return found >= n;
    case "at_most":
      return found <= n;
    case "exactly":
      return found === n;
  }
}

const inWindow = (at: string, when: Test | null, memory: Memory): boolean =>
  when === null || dateTest(localDay(at, memory.zone), when, memory.today);

type Message = Person["messages"][number];

function interacted(
  interaction: string,
  { results, reports }: Message,
  inside: (at: string) => boolean,
): boolean {
  const result = (...states: string[]) =>
    results.some(({ state, at }) => states.includes(state) && inside(at));
  const report = (...kinds: string[]) =>
    reports.some(({ kind, machine, at }) => !machine && kinds.includes(kind) && inside(at));
  // What it came to at any time, by whomever: the highest of it is its state.
  const cameTo = (...states: string[]) =>
    results.some(({ state }) => states.includes(state)) || reports.some(({ kind }) => states.includes(kind));
  switch (interaction) {
    case "sent":
      return result("sent", "delivered");
    case "delivered": {
      const bounced = reports.some(({ kind, machine }) => kind === "bounced" && !machine);
      return (result("delivered") || report("delivered", "read")) && !bounced;
    }
    case "opened":
      return report("opened", "read");
    case "failed":
      // A provider's word on the message itself is no visit of a machine.
      return (
        !cameTo("delivered", "read", "bounced") &&
        (result("failed") || reports.some(({ kind, at }) => kind === "failed" && inside(at)))
      );
    case "skipped":
      return result("skipped") && !cameTo("unknown", "sent", "failed", "delivered", "read", "bounced");
    default:
      return report(interaction);
  }
}

type Scalar = string | number | boolean | null | undefined;

/** A loose value as a type; null where it is not of that type. */
function read(value: Scalar, type: string): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  switch (type) {
    case "number":
      return /^-?\d{1,15}(\.\d{1,20})?$/.test(text) ? Number(text) : null;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : null;
    case "date":
      return /^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) ? text : null;
    default:
      return text === "" ? null : text;
  }
}

function customerHolds(test: Test & { field: string }, { fields }: Person, memory: Memory): boolean {
  const { today, zone } = memory;
  if (test.field.startsWith("attribute:")) {
    const key = test.field.slice("attribute:".length);
    const type = memory.attributes.get(key)?.type ?? "text";
    return valueTest(type, read(fields.attributes[key], type), test, today);
  }
  switch (test.field) {
    case "tier":
      return valueTest("choice", fields.tier, test, today);
    case "language":
      return valueTest("choice", fields.language, test, today);
    case "stop_state":
      return valueTest("choice", fields.stopState, test, today);
    case "advisor":
      return valueTest("choice", fields.advisorId, test, today);
    case "engagement_score":
      return valueTest("number", fields.score, test, today);
    case "birth_date":
      return valueTest("date", fields.birthDate, test, today);
    case "created_at":
      return valueTest("date", localDay(fields.createdAt, zone), test, today);
    case "tags":
      return tagsHold(fields.tags, test);
    case "name":
    case "city":
    case "email":
    case "phone":
      return valueTest("text", fields[test.field] || null, test, today);
    case "external_id":
      return valueTest("text", fields.externalId || null, test, today);
    default:
      throw new Error(`no field ${test.field} in memory`);
  }
}

function tagsHold(tags: string[], { op, value }: Test): boolean {
  const wanted = (value ?? []) as string[];
  const any = wanted.some((tag) => tags.includes(tag));
  if (op === "has_any") return any;
  if (op === "has_none") return !any;
  if (op === "has_all") return wanted.every((tag) => tags.includes(tag));
  return tags.length > 0 === (op === "known");
}

function policyHolds(
  test: Test & { field: string },
  policy: Person["policies"][number],
  { today }: Memory,
): boolean {
  switch (test.field) {
    case "status":
      return valueTest("choice", policy.status, test, today);
    case "policy_type":
      return valueTest("choice", policy.type, test, today);
    case "product_name":
      return valueTest("text", policy.product || null, test, today);
    case "renewal_date":
      return valueTest("date", policy.renewalDate, test, today);
    case "start_date":
      return valueTest("date", policy.startDate, test, today);
    case "premium":
      return valueTest("number", policy.premium, test, today);
    case "sum_assured":
      return valueTest("number", policy.sumAssured, test, today);
    case "payment_mode":
      return valueTest("choice", policy.mode, test, today);
    case "auto_debit":
      return valueTest("boolean", policy.autoDebit, test, today);
    default:
      throw new Error(`no field ${test.field} of a policy in memory`);
  }
}

function paymentHolds(
  test: Test & { field: string },
  payment: Person["payments"][number],
  { today, zone }: Memory,
): boolean {
  switch (test.field) {
    case "status":
      return valueTest("choice", payment.status, test, today);
    case "due_date":
      return valueTest("date", payment.dueDate, test, today);
    case "amount":
      return valueTest("number", payment.amount, test, today);
    case "paid_at":
      return valueTest("date", payment.paidAt && localDay(payment.paidAt, zone), test, today);
    default:
      throw new Error(`no field ${test.field} of a payment in memory`);
  }
}
