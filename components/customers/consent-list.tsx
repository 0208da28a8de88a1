import { sourceLabel } from "@/server/consent/status";
import type { CustomerDetail } from "@/server/customers/get";
import { type ConsentChannel, consentChannelLabels } from "@/server/imports/schemas";
import { formatDate } from "@/server/platform/format";
import { FactRows } from "./fact-rows";

/** What the customer allows now, for each channel and purpose. What is not here was never allowed. */
export function ConsentList({ consents, zone }: { consents: CustomerDetail["consents"]; zone: string }) {
  return (
    <FactRows
      empty="No consent is on record: no promotion is sent."
      rows={consents.map((consent) => ({
        id: `${consent.channel} ${consent.purpose}`,
        title: `${consentChannelLabels[consent.channel as ConsentChannel]}, ${consent.purpose}`,
        detail: `${consent.source ? sourceLabel(consent.source) : "Source unknown"} · ${formatDate(consent.at, zone)}`,
        status: consent.granted
          ? { label: "Allowed", tone: "good" }
          : { label: "Withdrawn", tone: "attention" },
      }))}
    />
  );
}
