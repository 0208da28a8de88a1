"use client";

import { Users } from "lucide-react";
import { useMemo } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchInput } from "@/components/ui/search-input";
import { Time } from "@/components/ui/time";
import { formatCount, formatDate } from "@/server/platform/format";
import type { KeysetPage } from "@/server/platform/keyset";
import type { MemberLine } from "@/server/workspaces/list-members";
import { approver, roles } from "@/server/workspaces/roles";
import { MemberMenu } from "./member-menu";

type MemberTableProps = { page: KeysetPage<MemberLine> & { total: number }; zone: string; searched: boolean };

/** Everybody in the workspace: who, role, teams, when last here, and what can be changed. */
export function MemberTable({ page, zone, searched }: MemberTableProps) {
  const columns = useMemo(() => columnsFor(zone), [zone]);
  const { rows, total, previous, next } = page;
  return (
    <DataTable
      id="members"
      label="People"
      columns={columns}
      rows={rows}
      rowId={(member) => member.id}
      toolbar={<SearchInput label="Name, e-mail or phone" />}
      paging={{ previous, next, words: { previous: "Previous", next: "Next" } }}
      summary={total === 1 ? "1 person" : `${formatCount(rows.length)} of ${formatCount(total)} people`}
      empty={
        <EmptyState icon={Users} title={searched ? "Nobody found" : "Nobody here"}>
          {searched && "Try a part of the name, the address or the number."}
        </EmptyState>
      }
    />
  );
}

const columnsFor = (zone: string): readonly Column<MemberLine>[] => [
  {
    id: "name",
    header: "Person",
    width: 172,
    cell: ({ name }) => (
      <span className="flex items-center gap-2.5">
        <Avatar name={name} size="sm" />
        <span className="truncate">{name}</span>
      </span>
    ),
  },
  {
    id: "signIn",
    header: "Signs in with",
    shown: "wide",
    width: 200,
    cell: ({ email, phone }) => [email, phone].filter(Boolean).join(", "),
  },
  { id: "role", header: "Role", width: 148, cell: ({ role }) => roles[role].label },
  {
    id: "approver",
    header: approver.label,
    shown: "wide",
    width: 84,
    cell: ({ isApprover }) => (isApprover ? <Badge tone="accent">Approves</Badge> : "–"),
  },
  {
    id: "teams",
    header: "Teams",
    shown: "wide",
    width: 140,
    cell: ({ teams }) => teams.join(", ") || "–",
  },
  {
    id: "lastSeen",
    header: "Last here",
    shown: "wide",
    width: 120,
    cell: ({ lastSeenAt }) => <Time value={lastSeenAt?.toISOString() ?? null} zone={zone} />,
  },
  {
    id: "since",
    header: "Member since",
    shown: "wide",
    width: 110,
    cell: ({ since }) => formatDate(since.toISOString(), zone),
  },
  { id: "acts", header: "", align: "end", width: 64, cell: (member) => <MemberMenu member={member} /> },
];
