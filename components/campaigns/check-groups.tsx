import { CircleCheck, CircleMinus, Clock, type LucideIcon, UserRoundX } from "lucide-react";
import { ExportButton } from "@/components/ui/export-button";
import type { Check, CheckGroup } from "@/server/campaigns/get-check";
import { type CheckVerdict, checkVerdicts } from "@/server/campaigns/status";
import { channelLabels } from "@/server/channels/status";
import { reasonLabel } from "@/server/deliveries/status";
import { formatCount, formatDateTime } from "@/server/platform/format";

const looks: Record<CheckVerdict, { icon: LucideIcon; tone: string }> = {
  goes: { icon: CircleCheck, tone: "text-good" },
  held: { icon: Clock, tone: "text-information" },
  waits: { icon: Clock, tone: "text-attention" },
  skipped: { icon: CircleMinus, tone: "text-muted" },
};

type CheckGroupsProps = { campaignId: string; check: Check; zone: string };

/** Every outcome with its count; opened, the first customers of it and all of them as a file. */
export function CheckGroups({ campaignId, check: { groups, heldOut, total }, zone }: CheckGroupsProps) {
  return (
    <ul aria-label="Outcomes" className="flex flex-col divide-y divide-line rounded-md border border-line">
      {groups.map((group) => (
        <li key={`${group.verdict} ${group.reason}`}>
          <Group campaignId={campaignId} group={group} zone={zone} />
        </li>
      ))}
      {heldOut > 0 && (
        <li className="flex items-center gap-2.5 px-3 py-2.5 text-sm">
          <UserRoundX aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="flex-1">Held out, to measure against</span>
          <span className="font-medium tabular-nums">{formatCount(heldOut)}</span>
        </li>
      )}
      {groups.length === 0 && heldOut === 0 && (
        <li className="px-3 py-2.5 text-muted text-sm">
          {total === 0 ? "Nobody is in this audience." : "Nobody was asked about yet."}
        </li>
      )}
    </ul>
  );
}

function Group({ campaignId, group, zone }: { campaignId: string; group: CheckGroup; zone: string }) {
  const { verdict, reason, count, sample } = group;
  const { icon: Icon, tone } = looks[verdict];
  const query = new URLSearchParams({ verdict, ...(reason ? { reason } : {}) });
  return (
    <details>
      <summary className="flex cursor-pointer items-center gap-2.5 px-3 py-2.5 text-sm hover:bg-hover">
        <Icon aria-hidden className={`size-4 shrink-0 ${tone}`} />
        <span className="min-w-0 flex-1">
          {checkVerdicts[verdict].label}
          {reason && <span className="text-muted">: {reasonLabel(reason)}</span>}
          {verdict === "held" && group.until && (
            <span className="block text-muted text-xs">{untilWords(group, zone)}</span>
          )}
        </span>
        <span className="font-medium tabular-nums">{formatCount(count)}</span>
      </summary>
      <div className="px-3 pb-3 pl-9 text-sm">
        <ul className="flex flex-col gap-1">
          {sample.map(({ customerId, name, channel, detail }) => (
            <li key={customerId} className="flex flex-wrap justify-between gap-x-3">
              <span className="min-w-0 break-words">{name || "A customer without a name"}</span>
              <span className="text-muted">{detail ?? channelLabels[channel]}</span>
            </li>
          ))}
        </ul>
        <div className="mt-2 flex items-center justify-between gap-3 text-muted">
          {count > sample.length ? `and ${formatCount(count - sample.length)} more` : ""}
          <ExportButton
            size="sm"
            variant="ghost"
            title="Customers of this outcome"
            href={`/api/campaigns/${campaignId}/check?${query}`}
            total={count}
          >
            Export as CSV
          </ExportButton>
        </div>
      </div>
    </details>
  );
}

function untilWords({ from, until }: CheckGroup, zone: string): string {
  const [first, last] = [from, until].map((at) => (at ? formatDateTime(at.toISOString(), zone, true) : ""));
  return first === last ? `until ${last}` : `from ${first} to ${last}`;
}
