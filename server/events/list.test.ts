import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { checkEvents, ingestEvents } from "./ingest";
import { listEvents } from "./list";
import { listEventNames } from "./names";
import type { ListEventsInput } from "./schemas";

const db = await testDatabase();
let ctx: Context;
let asha: string;
let ravi: string;

beforeEach(async () => {
  await db.setClock("2026-03-10T06:00:00Z");
  const workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId, "marketer");
  const ids = await makeCustomers(db.owner, workspaceId, [
    { name: "Asha Rao", externalId: "A1", email: "asha@example.com" },
    { name: "Ravi Nair", externalId: "R1", phone: "+919812345678" },
  ]);
  [asha = "", ravi = ""] = ids;
});

const event = (name: string, customer: string, more: Record<string, unknown> = {}) => ({
  name,
  customer: { external_id: customer },
  ...more,
});
const send = (...events: unknown[]) => ingestEvents(ctx, { events });
const names = async (input: Partial<ListEventsInput>) =>
  (await listEvents(ctx, input)).rows.map(({ name, customerName }) => `${name} ${customerName}`);

describe("the list of events", () => {
  test("is newest first by when they happened, and narrowed by name, customer, source and days", async () => {
    await send(
      event("inquiry", "A1", {
        id: "one",
        occurred_at: "2026-03-09T10:00:00Z",
        properties: { product: "health" },
      }),
      event("app_login", "R1", { occurred_at: "2026-02-20T10:00:00Z" }),
      event("app_login", "A1"),
    );
    await db.owner`update customer_events set source = 'api' where customer_id = ${ravi}`;
    expect(await names({})).toEqual(["app_login Asha Rao", "inquiry Asha Rao", "app_login Ravi Nair"]);
    expect(await names({ name: ["inquiry"] })).toEqual(["inquiry Asha Rao"]);
    expect(await names({ customer: ravi })).toEqual(["app_login Ravi Nair"]);
    expect(await names({ source: ["api"] })).toEqual(["app_login Ravi Nair"]);
    expect(await names({ days: "7" })).toEqual(["app_login Asha Rao", "inquiry Asha Rao"]);
    expect(await names({ search: "nair" })).toEqual(["app_login Ravi Nair"]);
    expect(await names({ search: "one" })).toEqual(["inquiry Asha Rao"]);
    expect((await listEvents(ctx, { name: ["inquiry"] })).rows).toMatchObject([
      {
        sourceId: "one",
        source: "screen",
        properties: { product: "health" },
        occurredAt: "2026-03-09T10:00:00Z",
      },
    ]);
  });

  test("is paged without losing or repeating any, also where many happened at one instant", async () => {
    const at = ["2026-03-01T00:00:00Z", "2026-03-01T00:00:00.000001Z", "2026-03-02T00:00:00Z"];
    const all = Array.from({ length: 121 }, (_, nth) =>
      event("app_login", nth % 2 ? "A1" : "R1", { id: `e${nth}`, occurred_at: at[nth % 3] }),
    );
    await send(...all);
    const forth: (string | null)[][] = [];
    let page = await listEvents(ctx, {});
    for (;;) {
      forth.push(page.rows.map(({ sourceId }) => sourceId));
      if (!page.next) break;
      page = await listEvents(ctx, { after: page.next });
    }
    expect(forth.map((ids) => ids.length)).toEqual([50, 50, 21]);
    expect(new Set(forth.flat())).toEqual(new Set(all.map((_, nth) => `e${nth}`)));
    const back = await listEvents(ctx, { before: page.previous });
    expect(back.rows.map(({ sourceId }) => sourceId)).toEqual(forth[1]);
  });

  test("is another workspace's own, and not for every role", async () => {
    await send(event("app_login", "A1"));
    const other = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
    expect((await listEvents(other, {})).rows).toEqual([]);
    expect((await listEvents(other, { customer: asha })).rows).toEqual([]);
    for (const role of ["supervisor", "agent", "advisor"] as const) {
      const someone = await makeMember(db.owner, ctx.workspaceId as string, role);
      await expect(listEvents(someone, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(listEventNames(someone)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(checkEvents(someone, { events: [1] })).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  test("names every event once, with the events of 30 days and what the newest carry", async () => {
    await send(
      event("app_login", "A1", { occurred_at: "2026-01-01T00:00:00Z" }),
      event("app_login", "R1", { occurred_at: "2026-03-01T00:00:00Z", properties: { device: "ios" } }),
      event("branch_visit", "A1", {
        occurred_at: "2026-03-05T00:00:00Z",
        properties: { city: "Pune", minutes: 4 },
      }),
    );
    expect(await listEventNames(ctx)).toEqual([
      {
        name: "branch_visit",
        recent: 1,
        firstAt: "2026-03-05T00:00:00Z",
        lastAt: "2026-03-05T00:00:00Z",
        properties: ["city", "minutes"],
      },
      {
        name: "app_login",
        recent: 1,
        firstAt: "2026-01-01T00:00:00Z",
        lastAt: "2026-03-01T00:00:00Z",
        properties: ["device"],
      },
    ]);
  });
});

describe("a check", () => {
  test("answers as sending would, and stores nothing", async () => {
    await send(event("app_login", "A1", { id: "known" }));
    const events = [
      event("app_login", "A1", { id: "known" }),
      event("inquiry", "R1", { id: "new" }),
      event("inquiry", "R1", { id: "new" }),
      event("inquiry", "nobody"),
      event("Bad Name", "A1"),
      event("payment_received", "A1", { properties: { amount: "much" } }),
      7,
    ];
    const checked = await checkEvents(ctx, { events, create_customers: true });
    const rows = async () => {
      const [row] = await db.owner<{ events: number; customers: number; touched: number; stats: number }[]>`
        select (select count(*)::int from customer_events where workspace_id = ${ctx.workspaceId}) as events,
          (select count(*)::int from customers where workspace_id = ${ctx.workspaceId}) as customers,
          (select sum(count)::int from customer_event_stats where workspace_id = ${ctx.workspaceId}) as stats`;
      return row;
    };
    expect(await rows()).toEqual({ events: 1, customers: 2, stats: 1 });
    const sent = await ingestEvents(ctx, { events, create_customers: true });
    expect(sent.outcomes.map(({ status }) => status)).toEqual(checked.outcomes.map(({ status }) => status));
    expect(checked).toMatchObject({ stored: 2, duplicates: 2, refused: 3, created_customers: 1 });
    expect(sent).toMatchObject({ stored: 2, duplicates: 2, refused: 3, created_customers: 1 });
    expect(await rows()).toEqual({ events: 3, customers: 3, stats: 3 });
  });
});
