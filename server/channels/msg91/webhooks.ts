import { clean } from "@/server/platform/provider-client";
import { sameBytes } from "@/server/platform/secrets";
import type { WebhookRequest } from "../adapter";
import type { ProviderEvent } from "../provider-event";

/**
 * MSG91 signs nothing: what tells its calls from others' is a key in the address that only it was given. (So a changed
 * body cannot be seen; TLS carries it.)
 */
export function verifyKey({ url }: Pick<WebhookRequest, "url">, key: string): boolean {
  const given = new URL(url).searchParams.get("key") ?? "";
  return sameBytes(Buffer.from(given), Buffer.from(key));
}

type Report = {
  date?: string;
  number?: string;
  status?: string | number;
  desc?: string;
  failedReason?: string;
  CRQID?: string;
  requestId?: string;
};

/** Delivery reports: version 2 is a form with JSON in `data`, version 3 is JSON. */
export function parseWebhook({ body, headers }: WebhookRequest): ProviderEvent[] {
  const text = body.toString("utf8");
  const json = (headers["content-type"] ?? "").includes("json");
  const content: unknown = JSON.parse(json ? text : (new URLSearchParams(text).get("data") ?? ""));
  const items = Array.isArray(content) ? content : [content];
  return items.flatMap((item: Report & { report?: Report[] }) =>
    (item.report ?? [item]).flatMap((report) => eventsOf({ requestId: item.requestId, ...report })),
  );
}

/** Our id comes back in CRQID, the client's own id of a recipient. */
function eventsOf(report: Report & { requestId?: string | undefined }): ProviderEvent[] {
  const { CRQID: publicId, number, date } = report;
  if (!publicId || publicId === "0" || !number || !date) return [];
  const status = String(report.status ?? "");
  const occurredAt = new Date(`${date.replace(" ", "T")}+05:30`);
  if (Number.isNaN(occurredAt.getTime())) throw new Error("a report without a readable date");
  const base = {
    publicId,
    dedupeKey: `${report.requestId ?? ""}:${publicId}:${status}`,
    occurredAt,
    cost: null,
  };
  const words = clean([report.desc, report.failedReason].filter(Boolean).join(": "));
  const failed = (reason: string, suppress = false): ProviderEvent => ({
    ...base,
    kind: "failed",
    reason,
    detail: `MSG91 ${status}: ${words}`,
    suppress,
  });
  switch (status) {
    case "1":
      return [{ ...base, kind: "delivered", reason: null, detail: null, suppress: false }];
    case "2":
      return [failed("not_delivered")];
    // The number is on the national do-not-disturb list: it takes no promotion.
    case "9":
      return [
        failed("opted_out"),
        { kind: "opted_out", channel: "sms", address: `+${number}`, publicId, occurredAt },
      ];
    case "16":
    case "25":
      return [failed("rejected")];
    case "17":
      return [failed("address_refused", true)];
    default:
      return [];
  }
}
