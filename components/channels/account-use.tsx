import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { statusLabels } from "@/server/campaigns/status";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import { channelLabels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { rateWords } from "./words";

const NAMED = 8;

/** What goes through an account: what it carried today, and the campaigns that depend on it. */
export function AccountUse({ account }: { account: AccountDetail }) {
  const { today, usedBy, carries } = account;
  const channel = channelLabels[account.channel];
  return (
    <Card title="Use">
      <div className="flex flex-col gap-4">
        <DescriptionList
          items={[
            { term: "Role", value: carries ? <Badge tone="accent">Carries {channel}</Badge> : "In reserve" },
            { term: "Sent today", value: formatCount(today.sent) },
            { term: "Refused today", value: formatCount(today.failed) },
            { term: "Pace", value: rateWords(account) },
          ]}
        />
        <div>
          <h3 className="text-muted text-sm">Campaigns under way</h3>
          {usedBy.length === 0 ? (
            <p className="text-sm">None</p>
          ) : (
            <ul className="mt-1 flex flex-col gap-1 text-sm">
              {usedBy.slice(0, NAMED).map(({ id, name, status }) => (
                <li key={id} className="flex items-baseline justify-between gap-2">
                  <Link href={`/campaigns/${id}`} className="truncate text-accent-ink hover:underline">
                    {name}
                  </Link>
                  <span className="shrink-0 text-faint text-xs">{labelOf(status)}</span>
                </li>
              ))}
              {usedBy.length > NAMED && (
                <li className="text-faint text-xs">and {formatCount(usedBy.length - NAMED)} more</li>
              )}
            </ul>
          )}
        </div>
      </div>
    </Card>
  );
}

const labelOf = (status: string): string =>
  (statusLabels as Record<string, { label: string }>)[status]?.label ?? status;
