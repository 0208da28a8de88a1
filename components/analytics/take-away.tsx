"use client";

import { Download, MessagesSquare, Printer } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel } from "@/components/ui/dropdown-menu";
import { useUrl } from "@/components/ui/use-url";
import { dimensions } from "@/server/analytics/status";
import { ShareDialog } from "./share-dialog";

type Wanted = Record<string, string>;

/** One table in both formats. */
export function ExportItems({ label, wanted }: { label: string; wanted: Wanted }) {
  const href = (format: string) => `/api/analytics/export?${new URLSearchParams({ ...wanted, format })}`;
  return (
    <>
      <MenuLabel>{label}</MenuLabel>
      <MenuItem asChild>
        <a href={href("csv")} download>
          CSV
        </a>
      </MenuItem>
      <MenuItem asChild>
        <a href={href("xlsx")} download>
          Excel
        </a>
      </MenuItem>
    </>
  );
}

/** What of a campaign's analytics can be taken away: its tables, a report for paper, a link that expires. */
export function TakeAway({ campaignId, mayEdit }: { campaignId: string; mayEdit: boolean }) {
  const { params } = useUrl();
  const by = dimensions.find((each) => each === params.get("by")) ?? "channel";
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <DropdownMenu
        align="end"
        trigger={
          <Button size="sm" icon={<Download aria-hidden />}>
            Download
          </Button>
        }
      >
        <ExportItems label={`By ${by}`} wanted={{ table: "breakdown", campaignId, by }} />
        <ExportItems label="Day by day" wanted={{ table: "course", campaignId, unit: "day" }} />
        <ExportItems label="Recipients" wanted={{ table: "recipients", campaignId }} />
      </DropdownMenu>
      <Button size="sm" icon={<MessagesSquare aria-hidden />} asChild>
        <Link href={`/responses?campaign=${campaignId}`}>Responses</Link>
      </Button>
      <Button size="sm" icon={<Printer aria-hidden />} asChild>
        <Link href={`/campaigns/${campaignId}/report`}>Report</Link>
      </Button>
      {mayEdit && <ShareDialog campaignId={campaignId} />}
    </div>
  );
}
