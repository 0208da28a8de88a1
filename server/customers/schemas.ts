import { z } from "zod";
import { contactChannels } from "@/server/consent/status";
import { changesOf } from "@/server/platform/changes";
import type { Role } from "@/server/platform/context";

/** From the most valued to the least. */
export const tiers = ["platinum", "gold", "silver", "bronze"] as const;
export type Tier = (typeof tiers)[number];
export const tierLabels = {
  platinum: "Platinum",
  gold: "Gold",
  silver: "Silver",
  bronze: "Bronze",
} as const satisfies Record<Tier, string>;

/** Languages that messages are written in (BCP 47) with their names. */
export const languageLabels: Record<string, string> = {
  en: "English",
  hi: "Hindi",
  mr: "Marathi",
  gu: "Gujarati",
  bn: "Bengali",
  ta: "Tamil",
  te: "Telugu",
  kn: "Kannada",
  ml: "Malayalam",
  pa: "Punjabi",
  ur: "Urdu",
};

/** A code that has no name here is shown as itself. */
export const languageLabel = (code: string): string => languageLabels[code] ?? code;

/** States that stop promotion (`joints.md`). */
export const stopStates = ["deceased", "death_claim", "open_complaint", "surrender", "free_look"] as const;
export type StopState = (typeof stopStates)[number];
export const stopStateLabels = {
  deceased: "Deceased",
  death_claim: "Death claim",
  open_complaint: "Open complaint",
  surrender: "Surrender",
  free_look: "Free look",
} as const satisfies Record<StopState, string>;

/** What can be the order of a list; `-` turns it round. */
export const customerSorts = [
  "-recent",
  "recent",
  "name",
  "-name",
  "score",
  "-score",
  "tier",
  "-tier",
  "city",
  "-city",
  "updated",
  "-updated",
] as const;
export type CustomerSort = (typeof customerSorts)[number];

/** What the consent for promotion on a channel can be filtered by. */
export const consentFilters = contactChannels.flatMap((channel) =>
  (["granted", "withdrawn", "none"] as const).map((state) => `${channel}:${state}` as const),
);

const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));
const oneOf = <Value extends string>(values: readonly Value[]) =>
  words.transform((list) => values.filter((value) => list.includes(value))).default([]);

export const customerFilters = z.object({
  /** Part of a name, e-mail, phone or external id. */
  search: z.string().trim().max(100).default(""),
  tier: oneOf(tiers),
  language: words.default([]),
  city: words.default([]),
  email: oneOf(["yes", "no"] as const),
  stop: oneOf(["none", ...stopStates] as const),
  /** Customers with any of these tags. */
  tag: words.default([]),
  /** Customers in any of these segments, as their rules stand now. */
  segment: words.default([]),
  /** Memberships of advisors, or `none`. */
  advisor: words.default([]),
  /** `email:granted`: what stands for promotion on a channel; `none` was never said. */
  consent: oneOf(consentFilters),
  /** `key:value`, the value as its text; values of one key mean any of them. */
  attribute: words.default([]),
  /** Customers who have exactly these: the external id as it stands, addresses in any spelling. */
  exactly: z
    .object({
      externalId: z.string().trim().min(1).max(128).optional(),
      phone: z.string().trim().min(1).max(40).optional(),
      email: z.string().trim().min(1).max(254).optional(),
    })
    .optional(),
});
export type CustomerFilters = z.infer<typeof customerFilters>;

export const listCustomersInput = customerFilters.extend({
  sort: z.enum(customerSorts).catch("-recent").default("-recent"),
  after: z.string().max(400).optional(),
  before: z.string().max(400).optional(),
});
export type ListCustomersInput = z.infer<typeof listCustomersInput>;

/** The filters by their names in the address. */
export const customerFilterNames = [
  "segment",
  "tier",
  "tag",
  "city",
  "advisor",
  "language",
  "email",
  "stop",
  "consent",
  "attribute",
] as const satisfies readonly (keyof CustomerFilters)[];

type Query = Record<string, string | string[] | undefined>;

/** The list's input from a page's address: `?q=`, filters, `sort`, `after`, `before`; what is malformed is left out. */
export function customerListInputOf(params: Query): ListCustomersInput {
  const one = (name: string) => [params[name]].flat()[0];
  return listCustomersInput.parse({
    search: one("q")?.slice(0, 100) ?? "",
    ...Object.fromEntries(customerFilterNames.map((name) => [name, params[name] ?? []])),
    sort: one("sort") ?? "-recent",
    after: one("after")?.slice(0, 400),
    before: one("before")?.slice(0, 400),
  });
}

/** What a list can be filtered by, with how many customers have it: read when somebody opens the filter. */
export const customerValuesInput = z.object({
  of: z.union([z.enum(["city", "language", "tag"]), z.string().regex(/^attribute:[a-z0-9_]{1,60}$/)]),
});

export const customerIdInput = z.object({ customerId: z.string() });

const text = (most: number) =>
  z.string().trim().max(most, `Keep it under ${most} characters.`).nullable().default(null);

/** What a person may write about a customer. Blank and null mean that there is none. */
export const customerFields = z.object({
  name: z.string().trim().min(1, "Give the customer's name.").max(200, "Keep it under 200 characters."),
  externalId: text(128),
  phone: text(40),
  email: text(254),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Choose a language.")
    .default("en"),
  tier: z.enum(tiers).default("bronze"),
  city: text(100),
  birthDate: z
    .union([z.iso.date("Give a date, year-month-day."), z.literal("")])
    .nullable()
    .default(null),
  stopState: z.enum(stopStates).nullable().default(null),
  /** Custom attributes by key, as text; blank removes a value. `parseAttributeValue` says what a text means. */
  attributes: z.record(z.string(), z.string()).default({}),
  /** The advisor (membership id) whose book the customer is in. */
  advisorId: z.string().nullable().default(null),
});
export type CustomerFields = z.infer<typeof customerFields>;

export type CreateCustomerInput = z.input<typeof customerFields>;

export const updateCustomerInput = customerIdInput.extend({ changes: changesOf(customerFields) });
export type UpdateCustomerInput = z.infer<typeof updateCustomerInput>;

export const LONGEST_TAG = 40;
export const MOST_TAGS = 50;

/** A tag in its one spelling: lower case, single spaces. */
export const tagSchema = z
  .string()
  .transform((text) => text.trim().toLowerCase().replace(/\s+/g, " "))
  .pipe(
    z
      .string()
      .min(1, "Write a tag.")
      .max(LONGEST_TAG, `Keep a tag under ${LONGEST_TAG} characters.`)
      .regex(/^[^,;]*$/, "A tag has no comma: add them one by one."),
  );

export const tagCustomerInput = z.object({
  customerId: z.string(),
  add: z.array(tagSchema).max(MOST_TAGS).default([]),
  remove: z.array(tagSchema).max(MOST_TAGS).default([]),
});
export type TagCustomerInput = z.input<typeof tagCustomerInput>;

/** Ticked customers stay few enough for one statement. */
export const MOST_TICKED = 1_000;

/** Whom a bulk act is for: the ticked ones, or everybody whom the filters leave. */
export const chosenCustomers = z.union([
  z.object({ ids: z.array(z.string()).min(1).max(MOST_TICKED) }),
  z.object({ filters: customerFilters }),
]);

/** What can be done with many customers at once. */
export const bulkAct = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("add_tag"), tag: tagSchema }),
  z.object({ kind: z.literal("remove_tag"), tag: tagSchema }),
  z.object({ kind: z.literal("set_advisor"), advisorId: z.string().nullable() }),
  z.object({ kind: z.literal("set_stop_state"), stopState: z.enum(stopStates).nullable() }),
]);

export const changeCustomersInput = z.object({ who: chosenCustomers, act: bulkAct });
export type ChangeCustomersInput = z.input<typeof changeCustomersInput>;

/** Roles whose reading of addresses can be masked; administrators, who decide it, see them. */
export const maskableRoles = [
  "marketer",
  "supervisor",
  "agent",
  "advisor",
] as const satisfies readonly Role[];

export const MOST_ERASURE_DAYS = 90;

export const privacySchema = z.object({
  maskedRoles: z
    .array(z.enum(maskableRoles))
    .transform((roles) => maskableRoles.filter((role) => roles.includes(role))),
  /** Days from the request to forget a person until it is done; 0: at once. */
  erasureDays: z
    .number("Give a number of days.")
    .int("Give whole days.")
    .min(0, "Give 0 or more days.")
    .max(MOST_ERASURE_DAYS, `Give at most ${MOST_ERASURE_DAYS} days.`),
});
export type Privacy = z.output<typeof privacySchema>;
