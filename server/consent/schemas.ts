import { z } from "zod";
import { contactChannels, purposes, statedSourceKeys, suppressionReasons } from "./status";

const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));
const oneOf = <Value extends string>(values: readonly Value[]) =>
  words.transform((list) => values.filter((value) => list.includes(value))).default([]);
const place = { after: z.uuid().nullish().catch(null), before: z.uuid().nullish().catch(null) };

/** Periods that lists can be narrowed to, in days back from now. */
const days = z.enum(["1", "7", "30"]).nullish().catch(null);

export const consentActions = ["granted", "withdrawn"] as const;

export const listChangesInput = z.object({
  channel: oneOf(contactChannels),
  purpose: oneOf(purposes),
  action: oneOf(consentActions),
  source: words.default([]),
  days,
  ...place,
});
export type ListChangesInput = z.infer<typeof listChangesInput>;

export const customerHistoryInput = z.object({ customerId: z.string(), after: z.uuid().nullish() });

const evidence = z.string().trim().max(500, "Use at most 500 characters.");

export const grantConsentInput = z.object({
  customerId: z.string(),
  channel: z.enum(contactChannels),
  purpose: z.enum(purposes),
  source: z.enum(statedSourceKeys),
  /** The words that the customer agreed to. */
  textShown: z
    .string()
    .trim()
    .min(5, "Give the words that the customer agreed to.")
    .max(2_000, "Use at most 2,000 characters."),
  /** Where the proof lies: the number of a form, a recording, a ticket. */
  evidence: evidence.min(3, "Say where the proof lies: a form, a recording, a ticket."),
});
export type GrantConsentInput = z.infer<typeof grantConsentInput>;

export const withdrawConsentInput = z.object({
  customerId: z.string(),
  channel: z.enum(contactChannels),
  purpose: z.enum(purposes),
});
export type WithdrawConsentInput = z.infer<typeof withdrawConsentInput>;

export const listSuppressionsInput = z.object({
  /** A whole address: the list keeps hashes, so a part of one finds nothing. */
  search: z.string().trim().max(320).default(""),
  channel: oneOf(contactChannels),
  reason: oneOf(suppressionReasons),
  days,
  ...place,
});
export type ListSuppressionsInput = z.infer<typeof listSuppressionsInput>;

/** As many as somebody pastes and waits for; more come as a file. */
export const MOST_ADDRESSES = 500;

export const addSuppressionsInput = z.object({
  channels: z.array(z.enum(contactChannels)).min(1, "Choose at least one channel.").max(4),
  /** Pasted: one in each line, or parted by commas. */
  addresses: z
    .string()
    .trim()
    .min(3, "Enter at least one address.")
    .max(100_000, "Bring this many as a file."),
  reason: z.enum(["manual", "do_not_disturb", "unsubscribed", "complaint"]),
  note: z.string().trim().max(200, "Use at most 200 characters.").default(""),
});
export type AddSuppressionsInput = z.infer<typeof addSuppressionsInput>;

export const removeSuppressionsInput = z.object({
  ids: z.array(z.string()).min(1).max(MOST_ADDRESSES),
  why: z.string().trim().min(5, "Say why, in a few words.").max(300, "Use at most 300 characters."),
  /** Asked for where an opt-out or a complaint goes. */
  evidence: evidence.default(""),
});
export type RemoveSuppressionsInput = z.infer<typeof removeSuppressionsInput>;

export const fileKinds = ["consents", "suppressions"] as const;
export const fileKind = z.enum(fileKinds);
export type FileKind = z.infer<typeof fileKind>;
export type FileStatus = "checking" | "checked" | "importing" | "completed" | "failed" | "cancelled";
export const fileInput = z.object({ fileId: z.string() });
/** As large as the upload door takes. */
export const MOST_FILE_BYTES = 200_000_000;

type Params = Record<string, string | string[] | undefined>;
const one = (params: Params, name: string) => [params[name]].flat()[0];

/** The ledger's filters in a page's address; what is malformed is left out. */
export const changesInputOf = (params: Params): ListChangesInput =>
  listChangesInput.parse({
    channel: params.channel ?? [],
    purpose: params.purpose ?? [],
    action: params.action ?? [],
    source: params.source ?? [],
    days: one(params, "days"),
    after: one(params, "after"),
    before: one(params, "before"),
  });

/** The list's filters in a page's address. */
export const suppressionsInputOf = (params: Params): ListSuppressionsInput =>
  listSuppressionsInput.parse({
    search: one(params, "q")?.slice(0, 320) ?? "",
    channel: params.channel ?? [],
    reason: params.reason ?? [],
    days: one(params, "days"),
    after: one(params, "after"),
    before: one(params, "before"),
  });
