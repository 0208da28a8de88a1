import { z } from "zod";

/** Periods of the audit log's filter, in days back from now. */
export const auditPeriods = {
  "1": "Last 24 hours",
  "7": "Last 7 days",
  "30": "Last 30 days",
  "365": "Last year",
} as const;
export type AuditPeriod = keyof typeof auditPeriods;
export const auditPeriodKeys = ["1", "7", "30", "365"] as const satisfies readonly AuditPeriod[];

const texts = z.array(z.string().max(80)).max(20).default([]);

/** Several values of one filter mean any of them; filters stand together. */
export const auditPageInput = z.object({
  /** Users' ids, or `system`. */
  who: z
    .array(z.union([z.uuid(), z.literal("system")]))
    .max(20)
    .default([]),
  /** Whole actions (`campaign.launched`). */
  action: texts,
  /** Kinds of subject (`campaign`). */
  subjectType: texts,
  subjectId: z.string().max(80).nullish(),
  days: z.enum(auditPeriodKeys).nullish(),
  after: z.uuid().nullish(),
  before: z.uuid().nullish(),
});

export type AuditQuery = z.infer<typeof auditPageInput>;

/** The filters in the address of the audit screen; what is not understood is left out rather than refused. */
export function readAuditQuery(params: Record<string, string | string[] | undefined>): AuditQuery {
  const all = (key: string) => [params[key] ?? []].flat();
  const { shape } = auditPageInput;
  return {
    who: all("who").filter((value) => shape.who.safeParse([value]).success),
    action: all("action").slice(0, 20),
    subjectType: all("subject").slice(0, 20),
    subjectId: shape.subjectId.catch(null).parse(params.id),
    days: shape.days.catch(null).parse(params.days),
    after: shape.after.catch(null).parse(params.after),
    before: shape.before.catch(null).parse(params.before),
  };
}

/** Names that are not written like other words. */
const properNames: Record<string, string> = {
  ...{ api: "API", dlt: "DLT", csv: "CSV", sms: "SMS", sla: "SLA", url: "URL", utm: "UTM" },
  whatsapp: "WhatsApp",
};

/** `campaign.launched` → "Campaign launched"; `dlt_registry.imported` → "DLT registry imported". */
export function actionLabel(action: string): string {
  const words = action
    .split(/[._]/)
    .map((word) => properNames[word] ?? word)
    .join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One field of a change, in words. */
export type FieldChange = { field: string; before: string | null; after: string | null };

const inWords = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map((item) => inWords(item) ?? "–").join(", ");
  if (typeof value !== "object") return String(value);
  const parts = Object.entries(value).map(([key, part]) => {
    const words = inWords(part) ?? "–";
    return `${fieldLabel(key).toLowerCase()} ${typeof part === "object" && part !== null ? `(${words})` : words}`;
  });
  return parts.join(", ") || null;
};

const fieldLabel = (key: string): string => {
  const words = key
    .replace(/(?<=.)Id$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/_/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Ids that stand in an entry → what people call them. */
export type KnownNames = Readonly<Record<string, string>>;

/** What an entry says changed, field by field; an id whose name is known is written as the name. */
export function fieldChanges(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
  names: KnownNames = {},
): FieldChange[] {
  const words = (value: unknown) => (typeof value === "string" && names[value]) || inWords(value);
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...keys].map((key) => ({
    field: fieldLabel(key),
    before: words(before?.[key]),
    after: words(after?.[key]),
  }));
}
