import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { address, signInAs } from "./fixtures/sign-in";

/** Asks for an import that is not there, in the demo workspace: its run fails, again and again. */
async function startImportOfNothing(importId: string): Promise<void> {
  const sql = postgres(process.env.E2E_DATABASE_URL ?? "", { max: 1, onnotice: () => undefined });
  await sql`
    insert into outbox (workspace_id, event_id, name, data)
    select id, id || ':import/run.requested:' || ${importId}::text, 'import/run.requested',
      jsonb_build_object('workspaceId', id, 'importId', ${importId}::text)
    from workspaces where is_demo`;
  await sql.end();
}

test.beforeEach(async ({ page }) => {
  await signInAs(page, "Administrator");
});

test("an administrator finds a campaign's run by its name, and sees step by step what it did", async ({
  page,
}) => {
  await page.goto(address("/settings/workflows"));
  const search = page.getByRole("searchbox", { name: "Campaign, customer, import or id" });
  await search.fill("nothing has this name");
  await expect(page.getByText("No such run")).toBeVisible();
  await search.fill("renewal drive");
  const run = page.getByRole("row", { name: /Campaign run.*Completed.*Renewal drive/ });
  await run.getByRole("link").first().click();
  const panel = page.getByRole("complementary", { name: "Campaign run" });
  await expect(panel.getByText("campaign/launched").first()).toBeVisible();
  await panel.getByRole("region", { name: "Steps" }).getByText("freeze").click();
  await expect(panel.getByText(/"audienceSize": \d+/).first()).toBeVisible();
  await panel.getByRole("link", { name: "Renewal drive" }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/);
});

test("an administrator sees why a run fails and what comes next, ends it and lets it go on", async ({
  page,
}) => {
  test.skip(!process.env.E2E_DATABASE_URL, "The product is another's: its database cannot be asked.");
  const importId = randomUUID();
  await startImportOfNothing(importId);
  await page.goto(address(`/settings/workflows?q=${importId}`));
  await page
    .getByRole("row", { name: /Import run/ })
    .getByRole("link")
    .first()
    .click();
  const panel = page.getByRole("complementary", { name: "Import run" });
  await expect(panel.getByText(/Next try at .*, attempt \d of 5/)).toBeVisible();

  await panel.getByRole("button", { name: "Cancel this run" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel this run" }).click();
  await expect(panel.getByText("Cancelled", { exact: true })).toBeVisible();
  await expect(page.getByRole("row", { name: /Import run.*Cancelled/ })).toBeVisible();

  await panel.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Try again" }).click();
  await expect(panel.getByText(/Next try at .*, attempt \d of 5/)).toBeVisible();
  await panel.getByRole("button", { name: "Cancel this run" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel this run" }).click();
  await expect(panel.getByText("Cancelled", { exact: true })).toBeVisible();
});
