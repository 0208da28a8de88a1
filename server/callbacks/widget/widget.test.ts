import { beforeEach, expect, test } from "vitest";
import { GET, OPTIONS, POST } from "@/app/(public)/widget/[key]/route";
import { widgetScript } from "@/components/callbacks/public/widget-script";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { PASS_MS } from "./keys";
import { getWidget, renewWidgetKey, saveWidget } from "./settings";

const db = await testDatabase();
const site = "https://www.suraksha.example";
let workspaceId: string;
let admin: Context;
let key: string;

beforeEach(async () => {
  await db.moveClock("0");
  workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId, "admin");
  ({ key } = await getWidget(admin));
  await saveWidget(admin, { enabled: true, origins: [`${site}/contact`, ""] });
});

// Every visitor has an address of their own: they share no limit.
let visitors = 0;
function ask(
  method: "GET" | "POST" | "OPTIONS",
  { origin = site, body = undefined as object | undefined, named = key } = {},
) {
  const handler = { GET, POST, OPTIONS }[method];
  return handler(
    new Request(`https://ringback.example/widget/${named}`, {
      method,
      headers: {
        origin,
        "x-forwarded-for": `203.0.113.${++visitors % 250}`,
        "content-type": "application/json",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
    { params: Promise.resolve({ key: named }) },
  );
}
const open = async () => (await (await ask("GET")).json()) as { token: string; company: string };
let numbers = Date.now() % 1_000_000;
const form = (token: string, more: object = {}) => ({
  token,
  phone: `98${String(10_000_000 + ++numbers)}`,
  about: "policy_issue",
  ...more,
});
const requests = () => db.owner<{ source: string; repeats: number }[]>`
  select source, repeats from callback_requests where workspace_id = ${workspaceId} order by id`;

test("a visitor of an allowed page asks for a call; the same form sent again is the same request", async () => {
  const { token, company } = await open();
  expect(company).toBe("Test workspace");
  const body = form(token);
  const first = await ask("POST", { body });
  expect(first.headers.get("access-control-allow-origin")).toBe(site);
  expect(await first.json()).toMatchObject({ page: expect.stringContaining("/call/") });
  expect((await ask("POST", { body })).status).toBe(200);
  // A pass is worth one request, whatever number is written into it.
  await ask("POST", { body: form(token) });
  expect(await requests()).toEqual([{ source: "widget", repeats: 0 }]);
});

test("another page, another key and another time are refused", async () => {
  const { token } = await open();
  const evil = "https://evil.example";
  for (const answer of [
    await ask("GET", { origin: evil }),
    await ask("OPTIONS", { origin: evil }),
    await ask("POST", { origin: evil, body: form(token) }),
    await ask("GET", { named: newId() }),
  ]) {
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  }
  expect((await ask("OPTIONS")).headers.get("access-control-allow-headers")).toBe("Content-Type");

  // A pass of another page of the company's is none here.
  const other = "https://shop.suraksha.example";
  await saveWidget(admin, { enabled: true, origins: [site, other] });
  expect((await ask("POST", { origin: other, body: form(token) })).status).toBe(403);
  await db.moveClock(`${PASS_MS + 1_000} milliseconds`);
  const late = await ask("POST", { body: form(token) });
  expect([late.status, await late.json()]).toEqual([
    403,
    { message: expect.stringContaining("open for too long") },
  ]);
  await renewWidgetKey(admin);
  expect((await ask("GET")).status).toBe(403);
  expect(await requests()).toEqual([]);
});

test("switched off, nothing opens; what cannot be called is said in words; a flood is stopped", async () => {
  const { token } = await open();
  expect((await ask("POST", { body: form(token, { phone: "12" }) })).status).toBe(422);
  const flood: number[] = [];
  for (let nth = 0; nth < 6; nth++) {
    const opened = await open();
    flood.push((await ask("POST", { body: form(opened.token, { phone: "9820077777" }) })).status);
  }
  expect(flood.at(-1)).toBe(429);
  await saveWidget(admin, { enabled: false, origins: [site] });
  expect((await ask("GET")).status).toBe(403);
  await expect(saveWidget(admin, { enabled: true, origins: ["not an address"] })).rejects.toThrow();
});

test("the script is small, whole, and writes no markup that a content policy could refuse", () => {
  expect(Buffer.byteLength(widgetScript)).toBeLessThan(8_192);
  expect(() => new Function(widgetScript)).not.toThrow();
  expect(widgetScript).not.toMatch(/innerHTML|setAttribute\("style"|<style|eval\(/);
});
