import { parseArgs } from "node:util";
import { createKey } from "@/server/api-keys";
import { createKeyInput } from "@/server/api-keys/schemas";
import { apiScopeKeys } from "@/server/api-keys/status";
import { systemContext } from "@/server/platform/context";
import { findWorkspace } from "@/server/workspaces";

/** `key create --name N --scopes '*' [--workspace S]`: prints an API key, this once. */
export async function createKeyCommand(args: string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { name: text, scopes: text, workspace: text } });
  const input = createKeyInput.safeParse({
    name: values.name ?? "",
    scopes: (values.scopes ?? "").split(",").map((scope) => scope.trim()),
  });
  const workspaceId = await findWorkspace(values.workspace ?? "demo");
  if (!input.success || !workspaceId) {
    console.error(
      `Give --name, --scopes (some of ${apiScopeKeys.join(", ")}, with commas between) and --workspace (a workspace's slug; left out, the demo's).`,
    );
    return 2;
  }
  const { key } = await createKey(systemContext(workspaceId), input.data);
  console.log(key);
  return 0;
}
