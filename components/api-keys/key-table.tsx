"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useMemo } from "react";
import { useLive } from "@/components/shell/live";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { KeyLine } from "@/server/api-keys/list";
import { apiScopes } from "@/server/api-keys/status";
import { formatCount, nothing } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { KeyMenu } from "./key-menu";

/** The keys of other systems: what each opens, and when it was last used. */
export function KeyTable({ initial, zone }: { initial: KeyLine[]; zone: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.apiKeys.list.queryOptions(undefined, { initialData: initial }));
  useLive(["api-keys"], trpc.apiKeys.list.queryFilter());
  const columns = useMemo(() => columnsFor(zone), [zone]);
  const open = data.filter(({ revokedAt }) => revokedAt === null).length;
  return (
    <DataTable
      id="api-keys"
      label="API keys"
      columns={columns}
      rows={data}
      rowId={({ id }) => id}
      summary={open === 1 ? "1 key opens" : `${formatCount(open)} keys open`}
      empty={
        // The button stands above the table: here it would go, with the key that it shows, when the first key comes in.
        <EmptyState icon={KeyRound} title="No keys yet">
          Make a new key for each system that sends events, customers or conversions, so that you can end it
          alone.
        </EmptyState>
      }
    />
  );
}

const scopesOf = ({ scopes }: KeyLine) => scopes.map((scope) => apiScopes[scope]?.label ?? scope).join(", ");

const columnsFor = (zone: string): readonly Column<KeyLine>[] => [
  {
    id: "name",
    header: "Key",
    width: 220,
    cell: ({ name, revokedAt }) => (
      <span className="flex items-center gap-2">
        <span className={cn("truncate", revokedAt ? "text-muted" : "font-medium")}>{name}</span>
        {revokedAt && <Badge>Revoked</Badge>}
      </span>
    ),
  },
  {
    id: "hint",
    header: "Ends in",
    width: 84,
    cell: ({ hint }) => <code className="font-mono text-muted text-xs">…{hint}</code>,
  },
  {
    id: "scopes",
    header: "Opens",
    width: 240,
    shown: "wide",
    cell: (key) => <span title={scopesOf(key)}>{scopesOf(key)}</span>,
  },
  {
    id: "lastUsed",
    header: "Last used",
    width: 128,
    shown: "wide",
    cell: ({ lastUsedAt }) =>
      lastUsedAt ? <Time value={lastUsedAt} zone={zone} /> : <span className="text-faint">Never</span>,
  },
  {
    id: "createdBy",
    header: "Made by",
    width: 132,
    shown: "wide",
    cell: ({ createdBy }) => createdBy ?? "Command line",
  },
  {
    id: "createdAt",
    header: "Made",
    width: 116,
    shown: "wide",
    cell: ({ createdAt }) => <Time value={createdAt} zone={zone} />,
  },
  {
    id: "former",
    header: "Former key",
    width: 140,
    shown: "wide",
    cell: ({ formerUntil }) =>
      formerUntil ? (
        <span className="text-attention">
          until <Time value={formerUntil} zone={zone} show="exact" />
        </span>
      ) : (
        nothing
      ),
  },
  {
    id: "acts",
    header: "",
    align: "end",
    width: 56,
    cell: (key) => (key.revokedAt === null ? <KeyMenu name={key.name} id={key.id} /> : null),
  },
];
