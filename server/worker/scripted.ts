import { hotSql } from "@/db/client";
import { playActs } from "@/server/inbox";
import { eachWorkspace } from "@/server/platform/each-workspace";

const MOST_WORKSPACES = 50;

/**
 * Lets the sandbox's scripted customers do what is due; one workspace that breaks holds up no other. True when there may be more.
 */
export async function playScripts(): Promise<boolean> {
  const due = await hotSql()<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId" from workspaces_with_sandbox_acts(${MOST_WORKSPACES})`;
  return (await eachWorkspace("scripts", due, playActs)).done > 0;
}
