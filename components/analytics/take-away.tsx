"use client";

import { Download, MessagesSquare, Printer } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel } from "@/components/ui/dropdown-menu";
import { ExportProgress } from "@/components/ui/export-progress";
import { useUrl } from "@/components/ui/use-url";
import { dimensions } from "@/server/analytics/status";
import { ShareDialog } from "./share-dialog";

type Wanted = Record<string, string>;

const hrefOf = (wanted: Wanted, format: string): string =>
  `/api/analytics/export?${new URLSearchParams({ ...wanted, format })}`;

/** One table in both formats. */
export function ExportItems({ label, wanted }: { label: string; wanted: Wanted }) {
  const href = (format: string) => hrefOf(wanted, format);
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

type TakeAwayProps = {
  campaignId: string;
  mayEdit: boolean;
  zone: string;
  /** How many there are, held-out ones left out; null: nobody knows. */
  recipients: number | null;
};

/** What of a campaign's analytics can be taken away: its tables, a report for paper, a link that expires. */
export function TakeAway({ campaignId, mayEdit, zone, recipients }: TakeAwayProps) {
  const [format, setFormat] = useState<"csv" | "xlsx" | null>(null);
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
        <MenuLabel>Recipients</MenuLabel>
        <MenuItem onSelect={() => setFormat("csv")}>CSV</MenuItem>
        <MenuItem onSelect={() => setFormat("xlsx")}>Excel</MenuItem>
      </DropdownMenu>
      {format && (
        <ExportProgress
          label="Recipients"
          href={hrefOf({ table: "recipients", campaignId }, format)}
          total={recipients}
          onClose={() => setFormat(null)}
        />
      )}
      <Button size="sm" icon={<MessagesSquare aria-hidden />} asChild>
        <Link href={`/responses?campaign=${campaignId}`}>Responses</Link>
      </Button>
      <Button size="sm" icon={<Printer aria-hidden />} asChild>
        <Link href={`/campaigns/${campaignId}/report`}>Report</Link>
      </Button>
      {mayEdit && <ShareDialog campaignId={campaignId} zone={zone} />}
    </div>
  );
}
