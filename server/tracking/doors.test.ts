import { beforeAll, expect, test } from "vitest";
import { GET as followShort } from "@/app/(public)/s/[[...path]]/route";
import { GET as follow } from "@/app/(public)/t/c/[id]/[link]/route";
import { GET as open } from "@/app/(public)/t/o/[id]/route";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { makeLedgerRun, rollups, visit } from "./testing/ledger";

const db = await testDatabase();
let workspaceId: string;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
});

test("the pixel answers the same image for a message, with or without .gif, and for a forged id", async () => {
  const { publicIds, runNumber } = await makeLedgerRun(db.owner, workspaceId);
  const id = publicIds[0] ?? "";
  const images: string[] = [];
  for (const asked of [`${id}.gif`, id, "forged.gif", "%00"]) {
    const answer = await open(visit(), { params: Promise.resolve({ id: asked }) });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/gif"]);
    expect(answer.headers.get("cache-control")).toContain("no-store");
    images.push(Buffer.from(await answer.arrayBuffer()).toString("latin1"));
  }
  expect(new Set(images).size).toBe(1);
  expect(images[0]?.startsWith("GIF89a")).toBe(true);
  expect(await rollups(db.owner, runNumber)).toMatchObject({ opened: 1 });
});

test("the short form of a link leads to the same place, and says so when it is none", async () => {
  const { publicIds, runNumber } = await makeLedgerRun(db.owner, workspaceId);
  const ask = (...path: string[]) => followShort(visit(), { params: Promise.resolve({ path }) });
  const id = publicIds[0] ?? "";
  expect((await ask(id)).headers.get("location")).toBe("https://example.test/renew?a=1&b=2");
  expect(await rollups(db.owner, runNumber)).toMatchObject({ clicked: 1 });
  expect((await ask(id, "1")).headers.get("location")).toBe("https://example.test/more");
  for (const path of [[], [id, "7"], [id, "0", "x"], ["forged"]])
    expect((await ask(...path)).status).toBe(404);
});

test("a link redirects to the content's address; a made-up one is a page, not a redirect", async () => {
  const { publicIds } = await makeLedgerRun(db.owner, workspaceId);
  const ask = (id: string, link: string) => follow(visit(), { params: Promise.resolve({ id, link }) });
  const good = await ask(publicIds[0] ?? "", "0");
  expect([good.status, good.headers.get("location")]).toEqual([302, "https://example.test/renew?a=1&b=2"]);
  for (const [id, link] of [
    [publicIds[0] ?? "", "7"],
    ["forged", "0"],
    [publicIds[0] ?? "", "https://evil.test"],
  ] as const) {
    const answer = await ask(id, link);
    expect([answer.status, answer.headers.get("location")]).toEqual([404, null]);
    expect(await answer.text()).toContain("This link does not work");
  }
});
