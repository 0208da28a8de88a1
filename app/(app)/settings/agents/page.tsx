import type { Metadata } from "next";
import { AgentTable } from "@/components/agents/agent-table";
import { AssignmentForm } from "@/components/agents/assignment-form";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Agents" };

export default async function AgentsPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin" && role !== "supervisor")
    return <AdminsOnly title="Agents" administrators={await caller.workspaces.administrators()} />;
  const [agents, assignment] = [await caller.agents.list(), await caller.agents.assignment()];
  return (
    <>
      <SettingsHeader
        title="Agents"
        description="Who takes calls, and what each of them is given. Their teams are under Teams."
      />
      <PageBody width="content">
        <AssignmentForm assignment={assignment} mayEdit={role === "admin"} />
        <AgentTable agents={agents} mayEdit={role === "admin"} />
      </PageBody>
    </>
  );
}
