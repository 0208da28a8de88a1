import { expect, type Locator, test } from "@playwright/test";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

test("a panel and a form at the edge are open by their address, close with Escape and give the focus back", async ({
  page,
}) => {
  await signInAs(page, "Administrator");
  await page.goto(address("/settings/attributes"));
  const begin = page.getByRole("button", { name: "New attribute" });
  const form = page.getByRole("dialog", { name: "New attribute" });
  await begin.click();
  await expect(form).toBeVisible();
  await expect(page).toHaveURL(/\?open=new$/);
  await page.keyboard.press("Escape");
  await expect(form).toBeHidden();
  await expect(page).toHaveURL(/\/settings\/attributes$/);
  await expect(begin).toBeFocused();
  await page.goBack();
  await expect(form).toBeVisible();
  await page.reload();
  await expect(form).toBeVisible();

  await page.goto(address("/customers"));
  const row = page.locator("tbody tr").nth(1);
  await row.getByRole("link").first().press("Enter");
  await expect(row).toHaveAttribute("aria-current", "true");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page).toHaveURL(/\/customers$/);
  await expect(row).toBeFocused();

  await page.setViewportSize({ width: 390, height: 844 });
  await row.getByRole("link").first().press("Enter");
  // It covers the list, so the keys have to be in it.
  await expect(page.getByRole("complementary").getByRole("heading", { level: 2 }).first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(row).toBeFocused();
});

test("after a new key has been shown, the focus is where it was begun", async ({ page }) => {
  await signInAs(page, "Administrator");
  await page.goto(address("/settings/api-keys"));
  const begin = page.getByRole("button", { name: "New key" });
  await begin.click();
  await page.getByLabel("Name").fill("Core policy system");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.getByRole("button", { name: "I have it" }).click();
  await expect(begin).toBeFocused();
});

test("Save stands idle until something differs from what is saved", async ({ page }) => {
  await signInAs(page, "Administrator");
  await page.goto(address("/settings/widget"));
  const save = page.getByRole("button", { name: "Save", exact: true });
  const pages = page.getByLabel("Addresses of your website, one in each line");
  const before = await pages.inputValue();
  await expect(save).toBeDisabled();
  await pages.fill(`${before}\nhttps://www.example.org`);
  await expect(save).toBeEnabled();
  await pages.fill(before);
  await expect(save).toBeDisabled();
});

test("from far down in one part of the builder, a phone shows the next part from its beginning", async ({
  page,
}) => {
  await signInAs(page, "Marketer");
  await page.goto(address("/campaigns/new"));
  await page.getByLabel("Name", { exact: true }).fill("Long on a phone");
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL(/\/edit/);
  await page.setViewportSize({ width: 390, height: 844 });
  const tabs = page.getByRole("navigation", { name: "Parts of the campaign" });
  await tabs.getByRole("link", { name: "Content" }).click();
  await page.getByRole("textbox", { name: "Message", exact: true }).waitFor();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(tabs).toBeInViewport();
  await tabs.getByRole("link", { name: "Schedule" }).click();
  await expect(page).toHaveURL(/tab=schedule/);
  const box = await tabs.boundingBox();
  const bar = box ? box.y + box.height : Number.POSITIVE_INFINITY;
  const first = page.getByRole("radio", { name: /Send now/ });
  await expect(first).toBeInViewport();
  expect((await first.boundingBox())?.y).toBeGreaterThan(bar);
});

test("what was made a moment ago stands in a list that was seen a moment before", async ({ page }) => {
  await signInAs(page, "Marketer");
  // No time passes: what was read counts as fresh for as long as anybody looks.
  await page.clock.setFixedTime(new Date());
  await page.goto(address("/campaigns"));
  await page.getByRole("link", { name: "New campaign" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("Made a moment ago");
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL(/\/edit/);
  await page.getByRole("link", { name: "Campaigns", exact: true }).first().click();
  await expect(page.getByRole("link", { name: "Made a moment ago" }).first()).toBeVisible();
});

test("on a phone the act of a panel stands at its end, covers no line, and is covered by no toast", async ({
  page,
  context,
}) => {
  await signInAs(page, "Administrator");
  const { callbacks, customers } = await clientOf(context);
  const phone = `96${String(Date.now() % 100_000_000).padStart(8, "0")}`;
  for (const name of ["Jer Thumbwala", "Sam Thumbwala"])
    await customers.create.mutate({ name, phone: `+91${phone}` });
  const { id } = await callbacks.request.mutate({
    phone,
    requestType: "policy_issue",
    urgency: "high",
    description: "Two lines about the nominee",
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(address(`/callbacks?open=${id}`));
  const bar = page.locator("aside [data-thumb]");
  const edges = async (of: Locator) => {
    const box = await of.boundingBox();
    return { top: Math.round(box?.y ?? 0), bottom: Math.round((box?.y ?? 0) + (box?.height ?? 0)) };
  };
  const above = async (what: Locator) => (await edges(what)).bottom <= (await edges(bar)).top;
  await expect(bar).toBeVisible();
  await expect.poll(async () => (await edges(bar)).bottom).toBe(844);
  await page.getByRole("button", { name: /Sam Thumbwala/ }).click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await expect.poll(() => above(page.locator("[data-sonner-toast]"))).toBe(true);
  const last = page.locator("aside li").last();
  await last.evaluate((line) => line.closest("section[tabindex]")?.scrollTo(0, 1e6));
  await expect.poll(() => above(last)).toBe(true);
  await callbacks.cancel.mutate({ callbackId: id, reason: "other" });
});
