import {
  ATTRIBUTE,
  type Condition,
  channelLabels,
  customerField,
  customerFields,
  type Interaction,
  operatorsOf,
  paymentFields,
  policyFields,
} from "@/server/segments/status";
import { type Kit, openAttributes } from "./kit";

export type NewCondition = { key: string; label: string; make: () => Condition };
export type NewConditions = { heading: string; conditions: NewCondition[] };

/** The operator that a row of this type begins with. */
export const firstOperator = (type: keyof typeof operatorsOf): string =>
  Object.keys(operatorsOf[type])[0] ?? "known";

/** A value to begin with, where there is a usual one. */
export const usualValue = (type: keyof typeof operatorsOf, op: string): unknown =>
  operatorsOf[type][op]?.takes === "count" ? 30 : undefined;

const begun = (type: keyof typeof operatorsOf) => {
  const op = firstOperator(type);
  return { op, value: usualValue(type, op) };
};

/** Everything that a condition can begin with, by noun. */
export function newConditions(kit: Kit): NewConditions[] {
  const { names, catalogue, segmentId } = kit;
  const customer = (field: string, label: string): NewCondition => ({
    key: field,
    label,
    make: () => {
      const known = customerField(field, names.attributes);
      return { on: "customer", field, ...begun(known?.type ?? "text") };
    },
  });
  const record = (on: "policy" | "payment", field: string, label: string): NewCondition => {
    const fields = on === "policy" ? policyFields : paymentFields;
    return {
      key: `${on}.${field}`,
      label,
      make: () => ({
        on,
        count: { op: "some" },
        where: field === "" ? [] : [{ field, ...begun(fields[field]?.type ?? "text") }],
      }),
    };
  };
  const records = (on: "policy" | "payment", one: string) => [
    record(on, "", `Has or has no ${one}`),
    ...Object.entries(on === "policy" ? policyFields : paymentFields).map(([field, { label }]) =>
      record(on, field, `${one.charAt(0).toUpperCase()}${one.slice(1)} ${label.toLowerCase()}`),
    ),
  ];
  const event = (name: string): NewCondition => ({
    key: `event.${name}`,
    label: name === "" ? "Another event" : name,
    make: () => ({ on: "event", name, count: { op: "some" }, when: null, where: [] }),
  });
  const campaign = (interaction: Interaction, label: string, did = true) => ({
    key: `campaign.${did ? "" : "not."}${interaction}`,
    label,
    make: (): Condition => ({ on: "campaign", interaction, did, campaign: null, when: null }),
  });
  const groups: NewConditions[] = [
    {
      heading: "Customer",
      conditions: Object.entries(customerFields).map(([field, { label }]) => customer(field, label)),
    },
    {
      heading: "Your attributes",
      conditions: openAttributes(kit).map(({ key, label }) => customer(ATTRIBUTE + key, label)),
    },
    { heading: "Policies", conditions: records("policy", "policy") },
    { heading: "Payments", conditions: records("payment", "payment") },
    { heading: "Events", conditions: [...catalogue.events.map(event), event("")] },
    {
      heading: "Campaigns",
      conditions: [
        campaign("sent", "Was sent a campaign"),
        campaign("delivered", "Received a campaign"),
        campaign("opened", "Opened a campaign"),
        campaign("opened", "Did not open a campaign", false),
        campaign("clicked", "Clicked in a campaign"),
        campaign("clicked", "Did not click in a campaign", false),
        campaign("replied", "Replied to a campaign"),
        campaign("replied", "Did not reply to a campaign", false),
        campaign("converted", "Converted after a campaign"),
        campaign("converted", "Did not convert after a campaign", false),
      ],
    },
    {
      heading: "Consent and reach",
      conditions: [
        {
          key: "consent",
          label: "Consent",
          make: () => ({ on: "consent", channel: "email", purpose: "promotional", state: "granted" }),
        },
        ...(["email", "sms", "whatsapp"] as const).map((channel) => ({
          key: `reach.${channel}`,
          label: `Can be reached by ${channelLabels[channel]}`,
          make: (): Condition => ({ on: "reach", channel, can: true }),
        })),
      ],
    },
    {
      heading: "Segments",
      conditions: catalogue.segments
        .filter(({ id, archived }) => id !== segmentId && !archived)
        .map(({ id, name }) => ({
          key: id,
          label: name,
          make: () => ({ on: "segment", segment: id, in: true }),
        })),
    },
  ];
  return groups.filter(({ conditions }) => conditions.length > 0);
}
