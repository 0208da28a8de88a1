import type { Sql } from "postgres";
import { type Context, type Role, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";

/** A workspace, made with the owner's connection. Returns its id. */
export async function makeWorkspace(owner: Sql, name = "Test workspace"): Promise<string> {
  const id = newId();
  await owner`insert into workspaces (id, name, slug) values (${id}, ${name}, ${id})`;
  return id;
}

/** A user with a membership; the context that a signed-in request of theirs would have. */
export async function makeMember(
  owner: Sql,
  workspaceId: string,
  role: Role = "admin",
): Promise<Context & { userId: string; membershipId: string }> {
  const userId = newId();
  const membershipId = newId();
  await owner`insert into users (id, email, name) values (${userId}, ${`${userId}@example.test`}, ${`A ${role}`})`;
  await owner`insert into memberships (id, workspace_id, user_id, role) values (${membershipId}, ${workspaceId}, ${userId}, ${role})`;
  return { ...systemContext(workspaceId), actor: { kind: "user", id: userId }, role, userId, membershipId };
}

export type CustomerSeed = Partial<{
  externalId: string;
  name: string;
  email: string | null;
  phone: string | null;
  tier: string;
  language: string;
}>;

/** Customers with defaults, as many as are described or counted. Returns their ids in the given order. */
export async function makeCustomers(
  owner: Sql,
  workspaceId: string,
  wanted: CustomerSeed[] | number,
): Promise<string[]> {
  const seeds =
    typeof wanted === "number" ? Array.from({ length: wanted }, (): CustomerSeed => ({})) : wanted;
  const rows = seeds.map((seed, index) => {
    const id = newId();
    return {
      id,
      workspace_id: workspaceId,
      external_id: seed.externalId ?? id,
      name: seed.name ?? `Customer ${index + 1}`,
      email: seed.email === undefined ? `${id}@example.test` : seed.email,
      phone: seed.phone ?? null,
      tier: seed.tier ?? "bronze",
      language: seed.language ?? "en",
    };
  });
  for (let at = 0; at < rows.length; at += 2_000)
    await owner`insert into customers ${owner(rows.slice(at, at + 2_000))}`;
  return rows.map((row) => row.id);
}
