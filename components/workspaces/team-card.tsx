"use client";

import { UserMinus } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import { Combobox } from "@/components/ui/combobox";
import { IconButton } from "@/components/ui/icon-button";
import { Switch } from "@/components/ui/switch";
import type { Role } from "@/server/platform/context";
import { useTRPCClient } from "@/server/trpc/react";
import type { TeamLine } from "@/server/workspaces/list-teams";
import { roles } from "@/server/workspaces/roles";
import { TeamMenu } from "./team-menu";
import { useAct } from "./use-act";

type Person = { id: string; name: string; role: Role };
type TeamCardProps = { team: TeamLine; people: readonly Person[] };

/** One team: its people, who of them supervises, and the ways to change it. */
export function TeamCard({ team, people }: TeamCardProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const inside = new Set(team.members.map((member) => member.membershipId));
  const options = people
    .filter((person) => !inside.has(person.id))
    .map(({ id, name, role }) => ({ value: id, label: name, description: roles[role].label }));
  const put = (membershipId: string, name: string, isSupervisor: boolean) =>
    act(
      () => client.workspaces.setTeamMember.mutate({ teamId: team.id, membershipId, isSupervisor }),
      isSupervisor ? `${name} supervises ${team.name}` : `${name} is in ${team.name}`,
    );
  const size = team.members.length;
  return (
    <Card
      title={team.name}
      description={size === 1 ? "1 person" : `${size} people`}
      actions={<TeamMenu team={team} />}
      flush
    >
      <ul className="border-line border-t">
        {team.members.map(({ membershipId, name, isSupervisor }) => (
          <li
            key={membershipId}
            className="flex h-10 items-center gap-2.5 border-line border-b px-4 text-sm pointer-coarse:h-12"
          >
            <Avatar name={name} size="sm" />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span aria-hidden className="text-muted text-xs">
              Supervisor
            </span>
            <Switch
              aria-label={`${name} supervises ${team.name}`}
              checked={isSupervisor}
              disabled={pending}
              onCheckedChange={(checked) => put(membershipId, name, checked)}
            />
            <IconButton
              label={`Take ${name} out of ${team.name}`}
              size="sm"
              disabled={pending}
              icon={<UserMinus aria-hidden />}
              onClick={() =>
                act(
                  () => client.workspaces.removeTeamMember.mutate({ teamId: team.id, membershipId }),
                  `${name} left ${team.name}`,
                )
              }
            />
          </li>
        ))}
      </ul>
      <div className="px-4 py-3">
        <Combobox
          label={`Add somebody to ${team.name}`}
          placeholder={options.length > 0 ? "Add somebody" : "Everybody is in this team"}
          searchLabel="Find a person"
          options={options}
          value={null}
          disabled={pending || options.length === 0}
          onValueChange={(id) => {
            const person = people.find((each) => each.id === id);
            if (person) put(person.id, person.name, person.role === "supervisor");
          }}
        />
      </div>
    </Card>
  );
}
