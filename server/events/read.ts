import { parseRef, type Wanted } from "@/server/customers";
import {
  type CustomerRef,
  EVENT_NAME,
  type EventInput,
  type EventOutcome,
  eventInput,
  fits,
  knownProperties,
  LONGEST_VALUE,
  longest,
  MOST_PROPERTIES,
  occurredAt,
  PROPERTY_NAME,
  type PropertyValue,
} from "./schemas";

/** An event that is well formed, with its place in the batch and whom it speaks of. */
export type Draft = { at: number; event: EventInput; wanted: Wanted };

/** Reads the rows of a batch, each by itself: what is no event has its outcome, with the reason, at its place. */
export function readEvents(events: readonly unknown[]): { outcomes: EventOutcome[]; drafts: Draft[] } {
  const outcomes: EventOutcome[] = new Array(events.length);
  const drafts: Draft[] = [];
  for (const [at, row] of events.entries()) {
    const event = readPlain(row) ?? readBySchema(row);
    const wanted = "reason" in event ? event : parseRef(event.customer);
    if ("reason" in wanted) outcomes[at] = { status: "refused", reason: wanted.reason };
    else if (!("reason" in event)) drafts.push({ at, event, wanted });
  }
  return { outcomes, drafts };
}

function readBySchema(row: unknown): EventInput | { reason: string } {
  const parsed = eventInput.safeParse(row);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  return { reason: path ? `${path}: ${issue?.message}` : (issue?.message ?? "This is not an event.") };
}

const eventKeys = new Set(["id", "name", "customer", "properties", "occurred_at"]);

/**
 * The row itself, where `eventInput` would make the same of it; null for every other row, which the schema then judges,
 * trims, completes and explains. Nearly all rows need none of that, and the schema costs ten times as much for each.
 */
export function readPlain(row: unknown): EventInput | null {
  if (!isObject(row)) return null;
  for (const key in row) if (!eventKeys.has(key)) return null;
  const { id, name, customer, properties, occurred_at: at } = row;
  const plain =
    typeof name === "string" &&
    EVENT_NAME.test(name) &&
    isCustomer(customer) &&
    (id === undefined || isKey(id, longest.eventId)) &&
    (at === undefined || (typeof at === "string" && occurredAt.safeParse(at).success)) &&
    (properties === undefined || areProperties(properties, name));
  if (!plain) return null;
  return (properties === undefined ? { ...row, properties: {} } : row) as EventInput;
}

function isCustomer(given: unknown): given is CustomerRef {
  if (!isObject(given)) return false;
  let named = false;
  for (const key in given) {
    const most = Object.hasOwn(longest, key) && key !== "eventId" ? longest[key as keyof CustomerRef] : 0;
    if (!isKey(given[key], most)) return false;
    named ||= key !== "name";
  }
  return named;
}

function areProperties(given: unknown, event: string): given is Record<string, PropertyValue> {
  if (!isObject(given)) return false;
  const types = knownProperties(event);
  let count = 0;
  for (const name in given) {
    const value = given[name];
    if (++count > MOST_PROPERTIES || !PROPERTY_NAME.test(name) || !isValue(value)) return false;
    const type = types[name];
    if (type !== undefined && value !== null && !fits(value, type)) return false;
  }
  return true;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const isKey = (value: unknown, most: number): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= most && value.trim() === value;

const isValue = (value: unknown): value is PropertyValue =>
  value === null ||
  typeof value === "boolean" ||
  (typeof value === "string" ? value.length <= LONGEST_VALUE : Number.isFinite(value));
