import { Notice } from "@/components/ui/notice";
import { suppressionReasonLabels } from "@/server/consent/status";
import type { CustomerDetail } from "@/server/customers/get";
import { type ConsentChannel, consentChannelLabels } from "@/server/imports/schemas";
import { formatDate } from "@/server/platform/format";
import { sentence } from "./words";

type SuppressionNoticeProps = { suppressions: CustomerDetail["suppressions"]; zone: string };

/** On which channels the customer's addresses must not be contacted, and why. */
export function SuppressionNotice({ suppressions, zone }: SuppressionNoticeProps) {
  if (suppressions.length === 0) return null;
  return (
    <Notice tone="attention" title="Not to be contacted everywhere">
      <ul>
        {suppressions.map(({ channel, reason, at }) => (
          <li key={channel}>
            {consentChannelLabels[channel as ConsentChannel]}: {wordsOf(reason)} on {formatDate(at, zone)}.
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function wordsOf(reason: string): string {
  const known = (suppressionReasonLabels as Record<string, { label: string; stops: string } | undefined>)[
    reason
  ];
  return known
    ? `no ${known.stops === "everything" ? "messages" : known.stops}, ${known.label.toLowerCase()}`
    : sentence(reason);
}
