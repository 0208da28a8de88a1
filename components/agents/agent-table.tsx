"use client";

import { Pencil, UsersRound } from "lucide-react";
import { useState } from "react";
import { typeLabel } from "@/components/sla/policy-words";
import { Avatar } from "@/components/ui/avatar";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import type { AgentLine } from "@/server/agents/list";
import { languageLabels } from "@/server/customers/schemas";
import { roles } from "@/server/workspaces/roles";
import { AgentDialog } from "./agent-dialog";

type AgentTableProps = { agents: readonly AgentLine[]; mayEdit: boolean };

const listed = (keys: readonly string[], label: (key: string) => string): string =>
  keys.length === 0 ? "Any" : keys.map(label).join(", ");

/** Who takes calls: how much each is given, about what and in which language. */
export function AgentTable({ agents, mayEdit }: AgentTableProps) {
  const [open, setOpen] = useState<AgentLine | null>(null);
  if (agents.length === 0)
    return (
      <EmptyState icon={UsersRound} title="Nobody takes calls yet">
        Invite agents under People. They are then listed here.
      </EmptyState>
    );
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {agents.map((agent) => (
          <li key={agent.membershipId} className="flex items-center gap-3 px-4 py-2.5">
            <Avatar name={agent.name} size="sm" />
            <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-0.5">
              <span className="min-w-0 max-sm:basis-full sm:w-56">
                <span className="block truncate">{agent.name}</span>
                <span className="block truncate text-muted text-sm">
                  {[roles[agent.role].label, ...agent.teams].join(" · ")}
                </span>
              </span>
              <span className="text-sm sm:w-24">
                <span className="text-faint">Up to </span>
                <span className="tabular-nums">{agent.capacity}</span>
              </span>
              <span className="min-w-0 text-sm sm:flex-1">
                <span className="text-faint">Topics </span>
                {listed(agent.skills, typeLabel)}
              </span>
              <span className="min-w-0 text-sm sm:w-48">
                <span className="text-faint">Languages </span>
                {listed(agent.languages, (key) => languageLabels[key] ?? key)}
              </span>
            </span>
            {mayEdit && (
              <IconButton
                label={`Change what ${agent.name} is given`}
                size="sm"
                icon={<Pencil aria-hidden />}
                onClick={() => setOpen(agent)}
              />
            )}
          </li>
        ))}
      </ul>
      {open && <AgentDialog agent={open} onClose={() => setOpen(null)} />}
    </>
  );
}
