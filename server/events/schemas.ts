import { z } from "zod";
import { eventSources } from "./status";

/** The most events that one batch may hold. */
export const MOST_EVENTS = 1_000;

export type PropertyType = "text" | "number" | "boolean" | "date";
export type PropertyValue = string | number | boolean | null;

type KnownEvent = { label: string; hint: string; properties: Record<string, PropertyType> };

/** Names that triggers, segments and the engagement score know; any other name may be sent besides. */
export const knownEvents = {
  policy_purchased: {
    label: "Policy purchased",
    hint: "A new policy was issued",
    properties: { policy_number: "text", product: "text", premium: "number", currency: "text" },
  },
  payment_received: {
    label: "Payment received",
    hint: "A premium arrived",
    properties: { policy_number: "text", amount: "number", currency: "text" },
  },
  payment_failed: {
    label: "Payment failed",
    hint: "A debit bounced, a card was refused",
    properties: { policy_number: "text", amount: "number", currency: "text", reason: "text" },
  },
  payment_bounced: {
    label: "Payment bounced",
    hint: "A premium that had arrived was taken back: the policy’s conversion no longer counts",
    properties: { policy_number: "text", amount: "number", currency: "text" },
  },
  free_look_cancelled: {
    label: "Free-look cancellation",
    hint: "A new policy was given back: its conversion no longer counts",
    properties: { policy_number: "text" },
  },
  inquiry: {
    label: "Inquiry",
    hint: "The customer asked about a product",
    properties: { product: "text", via: "text" },
  },
  quote_requested: {
    label: "Quote requested",
    hint: "The customer wants a price",
    properties: { product: "text", sum_assured: "number" },
  },
  website_visit: {
    label: "Website visit",
    hint: "A page was looked at",
    properties: { page: "text" },
  },
  app_login: { label: "App login", hint: "The customer signed in", properties: { device: "text" } },
  document_uploaded: {
    label: "Document uploaded",
    hint: "Papers arrived",
    properties: { document: "text" },
  },
  claim_filed: { label: "Claim filed", hint: "A claim was opened", properties: { claim: "text" } },
  complaint: {
    label: "Complaint",
    hint: "The customer is not content",
    properties: { about: "text", reference: "text" },
  },
} as const satisfies Record<string, KnownEvent>;

/** The properties that a known event may carry; none for a custom name. */
export const knownProperties = (name: string): Record<string, PropertyType> =>
  (knownEvents as Record<string, KnownEvent>)[name]?.properties ?? {};

export const MOST_PROPERTIES = 50;
export const LONGEST_VALUE = 1_000;

export const EVENT_NAME = /^[a-z][a-z0-9_.]{0,79}$/;
export const PROPERTY_NAME = /^[a-z][a-z0-9_]{0,59}$/;

export const eventName = z
  .string()
  .trim()
  .regex(
    EVENT_NAME,
    "An event's name is made of lower-case letters, digits, _ and ., like policy_purchased.",
  );

const propertyKey = z
  .string()
  .regex(PROPERTY_NAME, "A property's name is made of lower-case letters, digits and _.");
const propertyValue = z.union(
  [
    z.string().max(LONGEST_VALUE, `Keep a property under ${LONGEST_VALUE} characters.`),
    z.number(),
    z.boolean(),
    z.null(),
  ],
  { error: "A property is a text, a number, true, false or null." },
);
export const eventProperties = z
  .record(propertyKey, propertyValue)
  .refine((properties) => Object.keys(properties).length <= MOST_PROPERTIES, {
    message: `An event has at most ${MOST_PROPERTIES} properties.`,
  });

/** The longest of each text that names an event or its customer. */
export const longest = { eventId: 200, id: 64, external_id: 128, phone: 40, email: 254, name: 200 } as const;
const key = (most: number) => z.string().trim().min(1).max(most).optional();

/** How a sender names the customer: by any of these, tried in this order. */
export const customerRef = z
  .object({
    id: key(longest.id),
    external_id: key(longest.external_id),
    phone: key(longest.phone),
    email: key(longest.email),
    /** Used when the customer is created. */
    name: key(longest.name),
  })
  .refine((ref) => ref.id || ref.external_id || ref.phone || ref.email, {
    message: "Say which customer: id, external_id, phone or email.",
  });
export type CustomerRef = z.infer<typeof customerRef>;

export const occurredAt = z.iso.datetime({
  offset: true,
  message: "occurred_at is a time with an offset: 2026-03-31T10:00:00+05:30.",
});

/** One event as a sender writes it. */
export const eventInput = z
  .object({
    /** The sender's own id: the same one twice is one event. */
    id: key(longest.eventId),
    name: eventName,
    customer: customerRef,
    properties: eventProperties.default({}),
    /** When it happened, with an offset; the moment of arrival when left out. */
    occurred_at: occurredAt.optional(),
  })
  .superRefine((event, ctx) => {
    for (const [name, type] of Object.entries(knownProperties(event.name))) {
      const value = event.properties[name];
      if (value === undefined || value === null || fits(value, type)) continue;
      const path = ["properties", name];
      ctx.addIssue({ code: "custom", path, message: `${name} of ${event.name} is a ${type}.` });
    }
  });
export type EventInput = z.infer<typeof eventInput>;

export const fits = (value: string | number | boolean, type: PropertyType): boolean =>
  type === "text" ? true : type === "date" ? typeof value === "string" : typeof value === type;

/** A batch. Each event is judged by itself, so that one bad row does not hold up the others. */
export const ingestInput = z.object({
  events: z
    .array(z.unknown())
    .min(1, "Send at least one event.")
    .max(MOST_EVENTS, `Send at most ${MOST_EVENTS} events at once.`),
  /** Customers that nobody knows are created from what the event says of them. */
  create_customers: z.boolean().default(false),
});
export type IngestInput = z.input<typeof ingestInput>;
/** A batch that was parsed at its door. */
export type IngestBatch = z.output<typeof ingestInput>;

/** What became of each event, in the order of the batch. */
export type EventOutcome =
  | { status: "stored"; event_id: string; customer_id: string }
  | { status: "duplicate" }
  | { status: "refused"; reason: string };

export type IngestResult = {
  stored: number;
  duplicates: number;
  refused: number;
  created_customers: number;
  outcomes: EventOutcome[];
};

const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value))
  .default([]);
const cursor = z
  .string()
  .regex(/^\d{1,18}_[0-9a-f-]{36}$/)
  .nullish()
  .catch(null);

export const listEventsInput = z.object({
  /** Part of a customer's name or address, or the whole of the sender's id of an event. */
  search: z.string().trim().max(200).default(""),
  name: words,
  source: words.transform((list) => eventSources.filter((value) => list.includes(value))),
  customer: z.uuid().nullish().catch(null),
  days: z.enum(["1", "7", "30"]).nullish().catch(null),
  after: cursor,
  before: cursor,
});
export type ListEventsInput = z.infer<typeof listEventsInput>;

type Params = Record<string, string | string[] | undefined>;

/** The list that an address asks for; what it does not understand is left out. */
export function eventsInputOf(params: Params): ListEventsInput {
  const one = (name: string) => [params[name]].flat()[0];
  return listEventsInput.parse({
    search: one("q")?.slice(0, 200),
    name: params.name,
    source: params.source,
    customer: one("customer"),
    days: one("days"),
    after: one("after"),
    before: one("before"),
  });
}
