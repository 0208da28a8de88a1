import { env } from "@/env";
import { startVirtualEngine, type VirtualEngine } from "@/server/engine/testing/virtual-engine";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { listRuns } from "@/server/workflows/list-runs";
import { runListInput } from "@/server/workflows/schemas";

/** An engine whose only function waits for an event that never comes; the inspector looks at it from now on. */
export async function startWaitingEngine(databaseUrl: string): Promise<VirtualEngine> {
  const engine = await startVirtualEngine(databaseUrl, (client) => [
    client.createFunction({ id: "waits", triggers: [{ event: "test/waits" }] }, async ({ step }) => {
      await step.waitForEvent("never", { event: "test/never", timeout: "30d" });
    }),
  ]);
  env.INNGEST_BASE_URL = engine.url;
  return engine;
}

/** Starts a run of that function for a workspace; `mark` stands in its event. Returns its id. */
export async function startRun(ctx: Context, mark: string): Promise<string> {
  const subject = newId();
  const event = { name: "test/waits", data: { workspaceId: ctx.workspaceId, customerId: subject, mark } };
  await fetch(`${env.INNGEST_BASE_URL}/e/key`, { method: "POST", body: JSON.stringify(event) });
  const { rows } = await listRuns(ctx, runListInput.parse({ search: subject }));
  const [run] = rows;
  if (!run) throw new Error("the engine has no such run");
  return run.id;
}
