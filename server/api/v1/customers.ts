import { z } from "zod";
import { attributeText } from "@/server/attributes/schemas";
import { grantConsent, withdrawConsent } from "@/server/consent/change-by-hand";
import { grantConsentInput } from "@/server/consent/schemas";
import { contactChannels, purposes } from "@/server/consent/status";
import { customerFields, MOST_TAGS, tagSchema, tiers } from "@/server/customers/schemas";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";

const { shape } = customerFields;
const key = (most: number) => z.string().trim().max(most).nullable().optional();

/** One consent, as its giver's word or its withdrawal. */
export const consentBody = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("granted"),
    channel: z.enum(contactChannels),
    purpose: z.enum(purposes),
    source: grantConsentInput.shape.source,
    /** The words that the customer agreed to. */
    text_shown: grantConsentInput.shape.textShown,
    /** Where the proof lies: the number of a form, a recording, a ticket. */
    evidence: grantConsentInput.shape.evidence,
  }),
  z.strictObject({
    action: z.literal("withdrawn"),
    channel: z.enum(contactChannels),
    purpose: z.enum(purposes),
  }),
]);
type ConsentBody = z.output<typeof consentBody>;

/** What may be said of a customer. What is left out stays as it is; null removes a value. */
export const customerBody = z.strictObject({
  external_id: key(128),
  phone: key(40),
  email: key(254),
  name: shape.name.optional(),
  language: shape.language.unwrap().optional(),
  tier: z.enum(tiers).optional(),
  city: key(100),
  birth_date: z.iso.date("Give a date, year-month-day.").nullable().optional(),
  stop_state: shape.stopState.unwrap().optional(),
  /** All tags of the customer: others are taken away. */
  tags: z.array(tagSchema).max(MOST_TAGS).optional(),
  /** Values of the workspace's own attributes, by key: text, number, true or false, a date as year-month-day. */
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type CustomerBody = z.output<typeof customerBody>;

/** The same, with consents that were given or withdrawn. */
export const upsertBody = customerBody.extend({ consents: z.array(consentBody).max(8).optional() });

/** Fields as the verbs name them; only those that were sent. */
export function fieldsOf({
  external_id,
  birth_date,
  stop_state,
  attributes,
  tags: _,
  ...same
}: CustomerBody) {
  const given = {
    ...same,
    externalId: external_id,
    birthDate: birth_date,
    stopState: stop_state,
    attributes:
      attributes &&
      Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attributeText(value)])),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<
    typeof given
  >;
}

export const consentOutcome = z.object({
  channel: z.enum(contactChannels),
  purpose: z.enum(purposes),
  action: z.enum(["granted", "withdrawn"]),
  /** `unchanged`: it stood already. */
  status: z.enum(["recorded", "unchanged"]),
});

/** Writes a consent into the ledger. One that stands already is no error here: systems repeat themselves. */
export async function recordConsentOf(
  ctx: Context,
  customerId: string,
  consent: ConsentBody,
): Promise<z.output<typeof consentOutcome>> {
  const { channel, purpose, action } = consent;
  const said = (status: "recorded" | "unchanged") => ({ channel, purpose, action, status });
  if (consent.action === "withdrawn") {
    await withdrawConsent(ctx, { customerId, channel, purpose });
    return said("recorded");
  }
  const { source, text_shown: textShown, evidence } = consent;
  try {
    await grantConsent(ctx, { customerId, channel, purpose, source, textShown, evidence });
    return said("recorded");
  } catch (error) {
    if (error instanceof AppError && error.code === "CONFLICT") return said("unchanged");
    throw error;
  }
}
