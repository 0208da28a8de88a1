import { test as base, expect } from "@playwright/test";
import { openAgent } from "./fixtures/agent";
import { type Client, clientOf } from "./fixtures/client";
import { holdBack } from "./fixtures/held-back";
import { inOpenHours } from "./fixtures/open-hours";
import { address, signInAs } from "./fixtures/sign-in";

/** Each journey has an administrator at `page`, and the typed API as them. */
const test = base.extend<{ admin: Client }>({
  admin: async ({ page, context }, use) => {
    await signInAs(page, "Administrator");
    await use(await clientOf(context));
  },
});

/** An urgent request of somebody whom nobody else is called, by hand. */
async function askFor(client: Client, who: string): Promise<{ id: string; caller: string; number: string }> {
  const caller = `${who} ${Date.now() % 100_000}`;
  const number = `98${String(Date.now() % 100_000_000).padStart(8, "0")}`;
  const { id } = await client.callbacks.request.mutate({
    customerName: caller,
    phone: number,
    requestType: "policy_issue",
    urgency: "critical",
    description: "The card was refused",
  });
  return { id, caller, number };
}

test("a supervisor gives a request to an agent, who sees it come, and takes it away again", async ({
  admin,
  page,
  browser,
}) => {
  await inOpenHours(admin, async () => {
    const { id, caller } = await askFor(admin, "Farida Irani");
    const { page: desk, client: agent, leave } = await openAgent(browser);
    const { name } = await agent.auth.viewer.query();
    const membershipId =
      (await admin.callbacks.takers.query()).find((taker) => taker.name === name)?.id ?? "";
    await desk.goto(address(`/callbacks?tab=mine&q=${encodeURIComponent(caller)}`));
    await expect(desk.getByText("No such request")).toBeVisible();

    await page.goto(address("/floor?show=waiting"));
    await admin.floor.reassign.mutate({ callbackId: id, membershipId });
    await expect(desk.getByRole("link", { name: new RegExp(caller) }).first()).toBeVisible();
    await admin.floor.reassign.mutate({ callbackId: id, membershipId: null });
    await expect(desk.getByText("No such request")).toBeVisible();

    // Passed on with a note, which the agent reads beside the list.
    await page.goto(address(`/callbacks?open=${id}`));
    await page
      .getByRole("complementary", { name: caller })
      .getByRole("button", { name: "More", exact: true })
      .click();
    await page.getByRole("menuitem", { name: "Pass on" }).click();
    const dialog = page.getByRole("dialog", { name: "Pass the request on" });
    await dialog.getByRole("combobox").click();
    await page.getByRole("option", { name: new RegExp(name) }).click();
    await dialog.getByLabel("What they should know").fill("Speaks Gujarati");
    await dialog.getByRole("button", { name: "Pass on" }).click();
    await expect(dialog).toBeHidden();
    await desk
      .getByRole("link", { name: new RegExp(caller) })
      .first()
      .click();
    await expect(desk.getByText("Speaks Gujarati")).toBeVisible();
    await admin.callbacks.cancel.mutate({ callbackId: id, reason: "other" });
    await leave();
  });
});

test("a customer moves the time by the signed link, and the queue shows it live", async ({
  admin,
  page,
  browser,
}) => {
  const { id, caller } = await askFor(admin, "Kersi Daruwala");
  const { customerUrl } = await admin.callbacks.get.query({ callbackId: id });
  await page.goto(address(`/callbacks?tab=scheduled&q=${encodeURIComponent(caller)}`));
  await expect(page.getByText("No such request")).toBeVisible();

  const visitor = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await visitor.goto(address(new URL(customerUrl ?? "").pathname));
  await visitor.getByLabel("Choose a time").selectOption({ index: 2 });
  await visitor.getByRole("button", { name: "Call me at this time" }).click();
  await expect(visitor.getByRole("heading", { name: /^We call you on/ })).toBeVisible();

  const row = page.getByRole("link", { name: new RegExp(caller) }).first();
  await expect(row).toBeVisible();
  await visitor.getByRole("button", { name: "I do not need the call any more" }).click();
  await expect(visitor.getByRole("heading", { name: "No call is planned" })).toBeVisible();
  await expect(row).toBeHidden();
  await visitor.context().close();
});

test("on a phone an agent takes a request, calls, and settles it with one thumb", async ({
  admin,
  browser,
}) => {
  await inOpenHours(admin, async () => {
    const { id, caller, number } = await askFor(admin, "Roxanne Mistry");
    // Signing in waits for the side bar, which a phone folds away.
    const desk = { viewport: { width: 1440, height: 900 }, hasTouch: true };
    const { page: phone, leave } = await openAgent(browser, desk);
    await phone.setViewportSize({ width: 390, height: 844 });
    await phone.goto(address(`/callbacks?q=${encodeURIComponent(caller)}`));
    await phone
      .getByRole("link", { name: new RegExp(caller) })
      .first()
      .tap();
    // Its own page, not a panel.
    await phone.waitForURL(new RegExp(`/callbacks/${id}$`));
    await phone.getByRole("button", { name: "Take", exact: true }).tap();
    await phone.waitForURL(/\/callbacks\/work/);
    await expect(phone.getByText(`+91${number}`)).toBeVisible();
    await phone.getByRole("button", { name: "Call", exact: true }).tap();
    await expect(phone.getByText(/On the call/)).toBeVisible();
    await phone.getByRole("button", { name: /^Talked/ }).tap();
    await expect(phone.getByText("How did it end?")).toBeVisible();
    await phone.getByRole("group", { name: "How it ended" }).getByRole("button").first().tap();
    await phone.getByRole("button", { name: "Save", exact: true }).tap();
    await expect(phone.getByRole("button", { name: "Next callback" })).toBeVisible();
    const width = await phone.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    expect((await admin.callbacks.get.query({ callbackId: id })).status).toBe("completed");
    await leave();
  });
});

test("on a bad line nothing that an agent wrote is lost, and it is saved when the line is back", async ({
  admin,
  browser,
}) => {
  await inOpenHours(admin, async () => {
    const { id } = await askFor(admin, "Behram Contractor");
    const { page: desk, client: agent, goOffline, leave } = await openAgent(browser);
    const { generation } = await agent.callbacks.take.mutate({ callbackId: id });
    const { attemptId } = await agent.callbacks.dial.mutate({ callbackId: id, generation });
    await agent.callbacks.outcome.mutate({
      ...{ callbackId: id, generation, attemptId },
      ...{ outcome: "connected", talkSeconds: 60 },
    });
    await desk.goto(address("/callbacks/work"));
    await desk.getByRole("group", { name: "How it ended" }).getByRole("button").first().click();
    await desk.getByLabel("Notes").fill("Pays tonight.");

    await goOffline(true);
    await expect(desk.getByText(/^No connection\./)).toBeVisible();
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    await expect(desk.getByText(/^There is no connection to Ringback/)).toBeVisible();
    await expect(desk.getByLabel("Notes")).toHaveValue("Pays tonight.");

    // The phone lets go of the page meanwhile.
    await goOffline(false);
    await desk.reload();
    await expect(desk.getByLabel("Notes")).toHaveValue("Pays tonight.");
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    await expect(desk.getByRole("button", { name: "Next callback" })).toBeVisible();
    expect(await admin.callbacks.get.query({ callbackId: id })).toMatchObject({
      ...{ status: "completed", resolution: "Pays tonight." },
    });
    await leave();
  });
});

test("what became of each of several requests is said, also of the one that an agent holds", async ({
  admin,
  page,
  browser,
}) => {
  const who = `Nergis ${Date.now() % 1_000_000}`;
  const waits = await askFor(admin, who);
  const held = await askFor(admin, who);
  const { client: agent, leave } = await openAgent(browser);
  await agent.callbacks.take.mutate({ callbackId: held.id });

  await page.goto(address(`/callbacks?q=${encodeURIComponent(who)}`));
  await page.getByRole("checkbox", { name: "Tick all rows of this page" }).click();
  await page.getByRole("region", { name: "Ticked rows" }).getByRole("button", { name: "Assign" }).click();
  await page.getByRole("dialog").getByRole("combobox").click();
  await page.getByRole("option", { name: /^Nobody in particular/ }).click();
  await page.getByRole("button", { name: "Assign 2 requests" }).click();
  const results = page.getByRole("dialog", { name: "What became of each" });
  await expect(results.getByRole("listitem").filter({ hasText: waits.caller })).toContainText(
    "Was given back to the queue",
  );
  await expect(results.getByRole("listitem").filter({ hasText: held.caller })).toContainText(/in progress/i);
  for (const { id } of [waits, held])
    await admin.callbacks.cancel.mutate({ callbackId: id, reason: "other" });
  await leave();
});

test("what comes while a screen is on its way to the browser is in the list that it shows", async ({
  admin,
  page,
  context,
}) => {
  const witness = await context.newPage();
  await witness.goto(address("/callbacks"));
  await page.goto(address("/campaigns"));
  const screen = await holdBack(page, "/callbacks");
  await page.getByRole("link", { name: "Callbacks", exact: true }).first().click();
  await screen.answered;
  const { id, caller } = await askFor(admin, "Zarine Contractor");
  const row = new RegExp(caller);
  await expect(witness.getByRole("link", { name: row }).first()).toBeVisible();
  screen.letThrough();
  await expect(page.getByRole("link", { name: row }).first()).toBeVisible();
  await admin.callbacks.cancel.mutate({ callbackId: id, reason: "other" });
});
