import { expect, test } from "@playwright/test";
import { openAgent } from "./fixtures/agent";
import { clientOf } from "./fixtures/client";
import { emptyHands } from "./fixtures/empty-hands";
import { inOpenHours } from "./fixtures/open-hours";
import { address, signInAs } from "./fixtures/sign-in";

test("two people work the queue side by side with the keyboard: asked by hand, taken, called, settled", async ({
  page,
  context,
  browser,
}) => {
  await signInAs(page, "Administrator");
  const admin = await clientOf(context);
  await emptyHands(admin);
  await inOpenHours(admin, async () => {
    const caller = `Zubin Contractor ${Date.now() % 100_000}`;
    const number = `98${String(Date.now() % 100_000_000).padStart(8, "0")}`;

    await page.goto(address("/callbacks"));
    const form = page.getByRole("dialog", { name: "Request a call" });
    // The first key may come before the page listens.
    await expect(async () => {
      await page.keyboard.press("a");
      await expect(form).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await form.getByLabel("Number to call").fill(number);
    await form.getByLabel("Name").fill(caller);
    await form.getByRole("combobox", { name: "Urgency" }).click();
    await page.getByRole("option", { name: "Critical" }).click();
    await form.getByLabel("What it is about").fill("Cashless was refused at the desk");
    await form.getByRole("button", { name: "Request the call" }).click();
    await expect(page.getByText("The request is in the queue")).toBeVisible();
    await page.getByRole("searchbox").fill(caller);
    await expect(page.getByRole("link", { name: new RegExp(caller) }).first()).toBeVisible();

    const { page: agent, leave } = await openAgent(browser);
    await agent.goto(address(`/callbacks?q=${encodeURIComponent(caller)}`));
    await expect(async () => {
      await agent.keyboard.press("j");
      await agent.keyboard.press("Enter");
      await expect(agent.getByRole("heading", { name: caller })).toBeVisible({ timeout: 3_000 });
    }).toPass();
    await expect(agent.getByText(/Take the request to see the number/)).toBeVisible();
    await agent.keyboard.press("t");
    await agent.waitForURL(/\/callbacks\/work/);
    await expect(agent.getByText(`+91${number}`)).toBeVisible();

    // The administrator sees live who has it, and cannot take it as well.
    await page
      .getByRole("link", { name: new RegExp(caller) })
      .first()
      .click();
    await expect(page.getByText("In progress").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Take" })).toHaveCount(0);

    await expect(agent.getByRole("button", { name: "Call", exact: true })).toBeEnabled();
    await agent.keyboard.press("c");
    await expect(agent.getByText(/On the call/)).toBeVisible();
    await agent.keyboard.press("1");
    await expect(agent.getByText("How did it end?")).toBeVisible();
    await agent.keyboard.press("1");
    await agent.getByLabel("Notes").fill("Called the hospital desk; it is approved.");
    await agent.getByRole("button", { name: "Save", exact: true }).click();
    await expect(agent.getByRole("button", { name: "Next callback" })).toBeVisible();
    await expect(page.getByText("Called the hospital desk; it is approved.")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Completed" })).toBeVisible();

    // "Next" gives each a request of their own.
    await agent.keyboard.press("n");
    await page.goto(address("/callbacks/work?next=1"));
    await expect(agent.getByRole("button", { name: "Give back" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Give back" })).toBeVisible();
    const [mine, theirs] = await Promise.all(
      [page, agent].map((desk) => desk.getByRole("heading", { level: 2 }).first().textContent()),
    );
    expect(mine).not.toBe(theirs);
    // Asked for once: Reload asks for no other.
    expect(new URL(page.url()).search).toBe("");
    for (const desk of [page, agent]) {
      await desk.getByRole("button", { name: "Give back" }).click();
      await expect(desk.getByRole("button", { name: "Next callback" })).toBeVisible();
    }
    await leave();
  });
});
