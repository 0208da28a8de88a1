import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { childEnvironment } from "@/env";
import { MetaFake, metaSettings } from "@/server/channels/meta/testing/fake";

const db = await testDatabase();

/** Runs the child to its end; what it wrote, and its exit code. */
function run(
  environment: Record<string, string>,
  args: string[],
): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "server/trpc/testing/secrets-child.ts", ...args],
    {
      env: childEnvironment(environment),
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

test("an account's secrets are never in a log, an answer or the audit log", async () => {
  const meta = await new MetaFake().start();
  meta.faults.set("919812345678", {
    code: 190,
    status: 401,
    words: `token ${metaSettings.accessToken.slice(0, 4)}… refused`,
  });
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { code, output } = await run(
    {
      DATABASE_URL: db.url,
      META_API_URL: meta.url,
      LOG_LEVEL: "debug",
      RINGBACK_SECRET: "a-secret-for-tests-only",
    },
    [ctx.workspaceId, ctx.userId],
  );
  await meta.stop();
  expect(code, output).toBe(0);
  // What it did is there to be read; the secrets are not.
  expect(output).toContain("channel_account.added");
  expect(output).toContain("an account cannot be set up");
  for (const secret of [metaSettings.accessToken, metaSettings.appSecret]) {
    expect(output).not.toContain(secret);
    expect(output).not.toContain(Buffer.from(secret).toString("base64"));
  }
  const stored = await db.owner`
    select to_jsonb(a) as entry from audit_entries a where workspace_id = ${ctx.workspaceId}
    union all select to_jsonb(c) from channel_accounts c where workspace_id = ${ctx.workspaceId}`;
  expect(JSON.stringify(stored)).not.toContain(metaSettings.accessToken);
});
