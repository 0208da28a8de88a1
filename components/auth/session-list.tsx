"use client";

import { Monitor } from "lucide-react";
import { useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { useAct } from "@/components/workspaces/use-act";
import type { SessionLine } from "@/server/auth/list-sessions";
import { useTRPCClient } from "@/server/trpc/react";

type Session = SessionLine & { isCurrent: boolean };

/** The own sessions, each with the way to end it. */
export function SessionList({ sessions, zone }: { sessions: readonly Session[]; zone: string }) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const columns = useMemo<readonly Column<Session>[]>(
    () => [
      {
        id: "browser",
        header: "Browser",
        width: 240,
        cell: (session) => (
          <span className="flex items-center gap-2">
            <span className="truncate">{session.browser}</span>
            {session.isCurrent && <Badge tone="accent">This browser</Badge>}
          </span>
        ),
      },
      {
        id: "lastSeen",
        header: "Last used",
        cell: (session) => <Time value={session.lastSeenAt.toISOString()} zone={zone} />,
      },
      {
        id: "created",
        header: "Signed in",
        shown: "wide",
        cell: (session) => <Time value={session.createdAt.toISOString()} zone={zone} show="exact" />,
        width: 180,
      },
      {
        id: "workspace",
        header: "Workspace",
        shown: "wide",
        width: 200,
        cell: (session) => session.workspaceName ?? "–",
      },
      {
        id: "end",
        header: "",
        align: "end",
        width: 80,
        cell: (session) =>
          !session.isCurrent && (
            <Button
              size="sm"
              variant="ghost"
              aria-label={`End ${session.browser}`}
              disabled={pending}
              onClick={() =>
                act(
                  () => client.auth.revokeSession.mutate({ sessionId: session.id }),
                  `${session.browser} is signed out`,
                )
              }
            >
              End
            </Button>
          ),
      },
    ],
    [act, client, pending, zone],
  );
  return (
    <DataTable
      id="sessions"
      label="Sessions"
      columns={columns}
      rows={sessions}
      rowId={(session) => session.id}
      empty={<EmptyState icon={Monitor} title="No session" />}
    />
  );
}
