import { UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { EmptyState } from "@/components/ui/empty-state";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { TeamCard } from "@/components/workspaces/team-card";
import { NewTeam } from "@/components/workspaces/team-name-dialog";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Teams" };

export default async function TeamsPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Teams" administrators={await caller.workspaces.administrators()} />;
  const [teams, people] = await Promise.all([caller.workspaces.teams(), caller.workspaces.memberNames()]);
  return (
    <>
      <SettingsHeader
        title="Teams"
        description="A team has agents and supervisors; supervisors see the work of their teams."
        actions={<NewTeam />}
      />
      <PageBody width="content">
        {teams.length === 0 && (
          <EmptyState icon={UsersRound} title="No teams yet" action={<NewTeam />}>
            Put agents who share a queue into one team, with a supervisor.
          </EmptyState>
        )}
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {teams.map((team) => (
            <TeamCard key={team.id} team={team} people={people} />
          ))}
        </div>
      </PageBody>
    </>
  );
}
