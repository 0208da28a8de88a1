import { expect, type Page, test } from "@playwright/test";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

/** Turns approval on or off, and makes the supervisor an approver, as an administrator. */
async function askForApproval(page: Page, approvalRequired: boolean): Promise<void> {
  const client = await clientOf(page.context());
  const { name, timeZone } = await client.workspaces.settings.query();
  await client.workspaces.changeSettings.mutate({ name, timeZone, approvalRequired });
  const { rows } = await client.workspaces.members.query({ search: "Anita" });
  const [supervisor] = rows;
  if (supervisor)
    await client.workspaces.setApprover.mutate({
      membershipId: supervisor.id,
      isApprover: approvalRequired,
    });
}

test("where approval is asked for, a campaign goes to an approver, comes back with a comment, is approved and launched", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const [administrator, marketer, supervisor] = await Promise.all(
    [0, 1, 2].map(async () => (await browser.newContext()).newPage()),
  );
  if (!administrator || !marketer || !supervisor) throw new Error("no page");
  await signInAs(administrator, "Administrator");
  await askForApproval(administrator, true);
  try {
    await signInAs(supervisor, "Supervisor");
    await signInAs(marketer, "Marketer");
    const client = await clientOf(marketer.context());
    const { rows } = await client.campaigns.list.query({ search: "Renewal drive" });
    const { id } = await client.campaigns.clone.mutate({ id: rows[0]?.id ?? "" });
    await client.campaigns.update.mutate({
      id,
      version: 1,
      changes: { name: "For approval", audience: { kind: "tier", tiers: ["platinum"] } },
    });

    await marketer.goto(address(`/campaigns/${id}/edit?tab=basic`));
    await expect(marketer.getByRole("button", { name: "Launch", exact: true })).toHaveCount(0);
    await submit(marketer, "Please look at the subject.");
    await expect(marketer.getByText("In review").first()).toBeVisible();

    await supervisor.goto(address(`/campaigns/${id}`));
    await expect(supervisor.getByText("Please look at the subject.")).toBeVisible();
    await supervisor.getByRole("button", { name: "Return" }).click();
    await supervisor.getByRole("button", { name: "Return it" }).click();
    await expect(supervisor.getByText("Say what should change.")).toBeVisible();
    await supervisor.getByLabel("What should change").fill("Say which policy it is about.");
    await supervisor.getByRole("button", { name: "Return it" }).click();

    await marketer.waitForURL(/\/edit/);
    await expect(marketer.getByText("Returned by Anita Banerjee")).toBeVisible();
    await expect(marketer.getByText("Say which policy it is about.").first()).toBeVisible();
    await marketer.goto(address(`/campaigns/${id}/edit?tab=basic`));
    await marketer.getByLabel("Name", { exact: true }).fill("For approval, second try");
    await submit(marketer, "");

    await supervisor.goto(address(`/campaigns/${id}`));
    await supervisor.getByRole("button", { name: "Approve" }).click();
    await supervisor.getByRole("button", { name: "Approve it" }).click();

    await marketer.waitForURL(/\/edit/);
    await expect(marketer.getByText("Approved", { exact: true }).first()).toBeVisible();
    await marketer.getByRole("button", { name: "Launch" }).click();
    await marketer.getByRole("button", { name: /^Send [\d,]+ .* now$/ }).click();
    await marketer.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
    await expect(marketer.getByText("Completed").first()).toBeVisible({ timeout: 60_000 });
    await expect(marketer.getByRole("list", { name: "History of the approval" })).toContainText(
      "Say which policy it is about.",
    );
  } finally {
    await askForApproval(administrator, false);
  }
});

async function submit(page: Page, comment: string): Promise<void> {
  await page.getByRole("button", { name: "Submit for approval" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/For the approver/).fill(comment);
  await dialog.getByRole("button", { name: "Submit for approval" }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
}
