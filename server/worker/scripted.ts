import { hotSql } from "@/db/client";
import { playActs } from "@/server/inbox";
import { systemContext } from "@/server/platform/context";

const MOST_WORKSPACES = 50;

/** Lets the sandbox's scripted customers do what is due. True when there may be more. */
export async function playScripts(): Promise<boolean> {
  const rows = await hotSql()<{ workspace_id: string }[]>`
    select workspace_id from workspaces_with_sandbox_acts(${MOST_WORKSPACES})`;
  let played = 0;
  for (const { workspace_id } of rows) played += await playActs(systemContext(workspace_id));
  return played > 0;
}
