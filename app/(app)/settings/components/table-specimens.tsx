"use client";

import { Megaphone } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tone";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";
import { Specimen } from "./specimen";

type Line = {
  id: string;
  name: string;
  state: { tone: Tone; label: string };
  channel: string;
  sent: number;
  rate: number | null;
  cost: bigint;
};

const states = [
  { tone: "good", label: "Completed" },
  { tone: "accent", label: "Sending" },
  { tone: "attention", label: "Paused" },
  { tone: "information", label: "Scheduled" },
  { tone: "neutral", label: "Draft" },
] as const;

const names = [
  "Renewal drive, November",
  "Birthday wishes",
  "Premium overdue, second reminder",
  "नवीनीकरण की याद",
  "A name of sixty letters that somebody once really gave to it",
  "Win back lapsed policies",
  "Diwali greeting",
] as const;

const lines: Line[] = Array.from({ length: 24 }, (_, index) => {
  const state = states[index % states.length] ?? states[0];
  const sent = state.label === "Draft" ? 0 : (index * 7919 + 431) % 46_000;
  return {
    id: `line-${index + 1}`,
    name: names[index % names.length] ?? names[0],
    state,
    channel: ["E-mail", "WhatsApp", "SMS"][index % 3] ?? "SMS",
    sent,
    rate: sent > 0 ? ((index * 37) % 60) / 100 + 0.2 : null,
    cost: BigInt(sent) * 130_000n,
  };
});

const columns: Column<Line>[] = [
  { id: "name", header: "Campaign", cell: (line) => line.name, width: 260, sortable: true, total: "Total" },
  { id: "state", header: "State", cell: (line) => <StatusBadge {...line.state} />, width: 130 },
  { id: "channel", header: "Channel", cell: (line) => line.channel, width: 110, shown: "wide" },
  {
    id: "sent",
    header: "Sent",
    cell: (line) => formatCount(line.sent),
    align: "end",
    width: 100,
    sortable: true,
    total: formatCount(lines.reduce((total, line) => total + line.sent, 0)),
  },
  {
    id: "rate",
    header: "Opened",
    cell: (line) => formatPercent(line.rate),
    align: "end",
    width: 100,
    shown: "wide",
  },
  {
    id: "cost",
    header: "Cost",
    cell: (line) => formatMoney(line.cost),
    align: "end",
    width: 120,
    shown: "wide",
  },
];

export function TableSpecimens() {
  const params = useSearchParams();
  const sort = params.get("sort") ?? "name";
  const key = sort.replace("-", "") === "sent" ? "sent" : "name";
  const direction = sort.startsWith("-") ? -1 : 1;
  const rows = lines.toSorted((one, other) => (one[key] < other[key] ? -direction : direction));
  return (
    <>
      <Specimen name="Table">
        <div className="w-full">
          <DataTable
            id="specimen"
            label="Campaigns of the example"
            columns={columns}
            rows={rows}
            rowId={(line) => line.id}
            rowHref={(line) => `?open=${line.id}`}
            currentId={params.get("open") ?? undefined}
            sort={sort}
            summary="24 campaigns"
            paging={{ previous: null, next: null }}
            bulkActions={(ids, clear) => (
              <Button size="sm" onClick={clear}>
                Archive {formatCount(ids.length)}
              </Button>
            )}
            empty={null}
          />
        </div>
      </Specimen>
      <Specimen name="Table without rows">
        <div className="w-full">
          <DataTable
            id="specimen-empty"
            label="No campaigns"
            columns={columns}
            rows={[]}
            rowId={(line) => line.id}
            empty={
              <EmptyState
                icon={Megaphone}
                title="No campaigns yet"
                action={<Button variant="primary">New campaign</Button>}
              >
                A campaign says what is sent, to whom and when. The first one takes about three minutes.
              </EmptyState>
            }
          />
        </div>
      </Specimen>
    </>
  );
}
