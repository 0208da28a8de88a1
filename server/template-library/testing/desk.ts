import type { Sql } from "postgres";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { systemContext } from "@/server/platform/context";
import { listTemplates } from "../list";
import { linkKeys } from "../schemas";
import { seedTemplates } from "../seed-workspace";

/** Every address that the built-in library asks for. */
export const allLinks = Object.fromEntries(
  linkKeys.map((key) => [key, `https://www.suraksha.example.com/${key}`]),
);

/** A workspace with the built-in library, and people of all roles who look at it. */
export async function desk(owner: Sql) {
  const workspaceId = await makeWorkspace(owner, "Suraksha");
  const ctx = systemContext(workspaceId);
  await withTransaction(ctx, (tx) => seedTemplates(tx, ctx));
  const marketer = await makeMember(owner, workspaceId, "marketer");
  return {
    workspaceId,
    marketer,
    admin: await makeMember(owner, workspaceId, "admin"),
    advisor: await makeMember(owner, workspaceId, "advisor"),
    agent: await makeMember(owner, workspaceId, "agent"),
    /** The id of a built-in template by words of its name. */
    template: async (search: string): Promise<string> => {
      const [found] = (await listTemplates(marketer, { search })).rows;
      if (!found) throw new Error(`no template “${search}”`);
      return found.id;
    },
  };
}
