import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

/** Drafts made from the demo's campaign, with a tag of their own. */
async function makeDrafts(page: Page, tag: string, names: readonly string[]): Promise<string[]> {
  const client = await clientOf(page.context());
  const { rows } = await client.campaigns.list.query({ search: "Renewal drive" });
  const ids: string[] = [];
  for (const name of names) {
    const { id } = await client.campaigns.clone.mutate({ id: rows[0]?.id ?? "" });
    await client.campaigns.update.mutate({ id, version: 1, changes: { name, tags: [tag] } });
    ids.push(id);
  }
  return ids;
}

test("a marketer narrows the list, keeps it as a view, archives what is in it at once and finds it again", async ({
  page,
}) => {
  await signInAs(page, "Marketer");
  const tag = `spring ${Date.now() % 100_000}`;
  const names = ["Spring mailing", "Spring reminder", "Spring farewell"].map((name) => `${name} ${tag}`);
  await makeDrafts(page, tag, names);
  await page.goto(address(`/campaigns?tag=${encodeURIComponent(tag)}`));
  await expect(page.getByText("3 of 3 campaigns")).toBeVisible();
  await page.getByRole("button", { name: "Status", exact: true }).click();
  await page.getByRole("option", { name: "Draft" }).click();
  await expect(page).toHaveURL(/status=draft/);
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Campaign name" }).fill("reminder");
  await expect(page.getByText("1 of 1 campaign")).toBeVisible();
  await page.getByRole("searchbox", { name: "Campaign name" }).fill("");
  await expect(page.getByText("3 of 3 campaigns")).toBeVisible();

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Keep this list" }).click();
  await page.getByLabel("Name", { exact: true }).fill(tag);
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.goto(address("/campaigns"));
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: tag }).click();
  await expect(page.getByText("3 of 3 campaigns")).toBeVisible();

  const archive = page.getByRole("button", { name: "Archive", exact: true });
  await page.getByRole("checkbox", { name: "Tick all rows of this page" }).click();
  await archive.click();
  await expect(page.getByText("Done with 3 campaigns")).toBeVisible();
  await expect(page.getByText("No campaign matches")).toBeVisible();
  await page.goto(address(`/campaigns?archived=yes&tag=${encodeURIComponent(tag)}`));
  await expect(page.getByText("3 of 3 campaigns")).toBeVisible();
});

test("the pre-flight says who gets it and who does not and why, gives each group as a file, and leads to what must be mended", async ({
  page,
}) => {
  await signInAs(page, "Marketer");
  const [id = ""] = await makeDrafts(page, "checked", ["Checked before it goes"]);
  await page.goto(address(`/campaigns/${id}/edit?tab=targeting`));
  await page.getByRole("button", { name: "Pre-flight" }).click();
  const dialog = page.getByRole("dialog", { name: "Pre-flight" });
  const groups = dialog.getByRole("list", { name: "Outcomes" });
  await expect(groups.getByText("No consent", { exact: false }).first()).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByText(/tax included/)).toBeVisible();
  await expect(dialog.getByText("Asking about everybody")).toHaveCount(0, { timeout: 60_000 });
  const group = groups.locator("details", { hasText: "No consent" }).first();
  await group.locator("summary").click();
  const said = Number(
    ((await group.locator("summary span").last().textContent()) ?? "").replaceAll(/\D/g, ""),
  );
  const file = page.waitForEvent("download");
  await group.getByRole("button", { name: "Export as CSV" }).click();
  const lines = (await readFile(await (await file).path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(said + 1);
  await dialog.getByRole("button", { name: "Close" }).first().click();

  await page.getByRole("link", { name: "Content", exact: true }).click();
  await page.getByLabel("Subject", { exact: true }).fill("");
  await page.getByRole("button", { name: "Pre-flight" }).click();
  await expect(dialog.getByText("This must be mended first")).toBeVisible();
  await dialog.getByRole("link", { name: "Go there" }).click();
  await expect(page).toHaveURL(/tab=content/);
});

test("a recommendation becomes a filled-in draft with one press", async ({ page }) => {
  await signInAs(page, "Marketer");
  await page.goto(address("/recommendations"));
  const card = page
    .getByRole("region")
    .filter({ has: page.getByRole("button", { name: "Build it" }) })
    .first();
  const title = (await card.getByRole("heading").textContent()) ?? "";
  const of = ((await card.getByText(/^of [\d,]+ customers$/).textContent()) ?? "").replaceAll(/\D/g, "");
  await card.getByRole("button", { name: "Build it" }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}\/edit\?tab=content/);
  expect(title).not.toBe("");
  const summary = page.getByRole("complementary", { name: "Summary" });
  await expect(
    summary.getByText(new RegExp(`of ${Number(of).toLocaleString("en-IN")} in the audience`)),
  ).toBeVisible();
});

test("a table that takes long to come shows its progress and can be broken off; one that does not is saved without a word", async ({
  page,
}) => {
  await signInAs(page, "Administrator");
  await page.goto(address("/customers"));
  await page.getByRole("checkbox", { name: "Tick all rows of this page" }).click();
  const everybody = page.getByRole("button", { name: /^Choose all/ });
  const total = Number(((await everybody.textContent()) ?? "").replaceAll(/\D/g, ""));
  await everybody.click();
  // A line that is slow for ever.
  await page.route("**/api/customers/export*", () => {});
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Customers" });
  await expect(dialog.getByRole("progressbar", { name: "Reading the rows" })).toBeVisible();
  const broken = page.waitForEvent("requestfailed", (request) =>
    request.url().includes("/api/customers/export"),
  );
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await broken;
  await expect(dialog).toHaveCount(0);

  await page.unroute("**/api/customers/export*");
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const lines = (await readFile(await (await file).path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(total + 1);
});
