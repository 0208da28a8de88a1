import { instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";

/** The password of every demo sign-in; shown on the sign-in page of a demo workspace. */
export const DEMO_PASSWORD = "ringback-demo";

type Role = "admin" | "marketer" | "supervisor" | "agent" | "advisor";
type Person = { user: string; name: string; role: Role; team?: "renewals" | "new business" };

/** Those with a plain role as user name can sign in; the others fill teams and books. */
const people: Person[] = [
  { user: "admin", name: "Meera Krishnan", role: "admin" },
  { user: "marketer", name: "Rohan Deshmukh", role: "marketer" },
  { user: "supervisor", name: "Anita Banerjee", role: "supervisor", team: "renewals" },
  { user: "agent", name: "Farhan Qureshi", role: "agent", team: "renewals" },
  { user: "advisor", name: "Kavya Reddy", role: "advisor" },
  { user: "agent.sunita", name: "Sunita Yadav", role: "agent", team: "renewals" },
  { user: "agent.joseph", name: "Joseph Mathew", role: "agent", team: "new business" },
  { user: "agent.pallavi", name: "Pallavi Joshi", role: "agent", team: "new business" },
  { user: "advisor.harpreet", name: "Harpreet Gill", role: "advisor" },
  { user: "advisor.devendra", name: "Devendra Solanki", role: "advisor" },
];

export type MemberRows = {
  users: SeedRow[];
  memberships: SeedRow[];
  teams: SeedRow[];
  teamMembers: SeedRow[];
  /** Membership ids of the advisors; the first can sign in. */
  advisorIds: string[];
  /** Users of the call centre, and of the advisors by membership: who writes notes. */
  agents: string[];
  advisors: Map<string, string>;
  ownerUserId: string;
};

/** People of the demo firm, their roles and two teams; `hash` makes a password hash. */
export async function makeMemberRows(
  hash: (password: string) => Promise<string>,
  context: { workspaceId: string; today: string },
): Promise<MemberRows> {
  const at = instantOn(context.today, -365 * 1_440);
  const teams = ["Renewals desk", "New business desk"].map((name, index) => ({
    id: seedId("insurance/teams", index),
    workspace_id: context.workspaceId,
    name,
    created_at: at,
  }));
  const rows: MemberRows = {
    users: [],
    memberships: [],
    teams,
    teamMembers: [],
    advisorIds: [],
    agents: [],
    advisors: new Map(),
    ownerUserId: seedId("insurance/users", 1),
  };
  for (const [index, person] of people.entries()) {
    const userId = seedId("insurance/users", index);
    const membershipId = seedId("insurance/memberships", index);
    rows.users.push({
      id: userId,
      email: `${person.user}@demo.ringback.test`,
      name: person.name,
      password_hash: person.user === person.role ? await hash(DEMO_PASSWORD) : null,
      status: "active",
      preferences: {},
      created_at: at,
    });
    rows.memberships.push({
      id: membershipId,
      workspace_id: context.workspaceId,
      user_id: userId,
      role: person.role,
      is_approver: person.role === "admin",
      status: "active",
      created_at: at,
    });
    if (person.role === "advisor") {
      rows.advisorIds.push(membershipId);
      rows.advisors.set(membershipId, userId);
    }
    if (person.role === "agent") rows.agents.push(userId);
    // The supervisor leads both teams.
    const joins = person.role === "supervisor" ? teams : teams.filter((_, nth) => nth === teamIndex(person));
    for (const team of joins)
      rows.teamMembers.push({
        workspace_id: context.workspaceId,
        team_id: team.id,
        membership_id: membershipId,
        is_supervisor: person.role === "supervisor",
      });
  }
  return rows;
}

const teamIndex = (person: Person): number =>
  person.team === undefined ? -1 : person.team === "renewals" ? 0 : 1;
