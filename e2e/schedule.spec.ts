import { expect, type Page, test } from "@playwright/test";
import { formatDate } from "../server/platform/format";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

/** A sendable draft for the platinum customers. */
async function makeDraft(page: Page, name: string): Promise<string> {
  const client = await clientOf(page.context());
  const { rows } = await client.campaigns.list.query({ search: "Renewal drive" });
  const { id } = await client.campaigns.clone.mutate({ id: rows[0]?.id ?? "" });
  await client.campaigns.update.mutate({
    id,
    version: 1,
    changes: { name, audience: { kind: "tier", tiers: ["platinum"] } },
  });
  return id;
}

/** The workspace's local day and minute, so many minutes from now. */
function soon(minutes: number): { day: string; time: string } {
  const at = new Date(Date.now() + minutes * 60_000);
  const local = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Kolkata",
    dateStyle: "short",
    timeStyle: "short",
  }).format(at);
  const [day = "", time = ""] = local.split(" ");
  return { day, time };
}

test("a campaign is scheduled, taken off, scheduled again and launches by itself at its minute", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await signInAs(page, "Marketer");
  const id = await makeDraft(page, "Sent later");
  await page.goto(address(`/campaigns/${id}/edit?tab=schedule`));
  await page.getByRole("radio", { name: /Send later/ }).click();
  await page.getByLabel("Day", { exact: true }).fill("2099-01-05");
  await page.getByLabel("Time", { exact: true }).fill("10:30");
  await expect(page.getByText("5 Jan 2099 at 10:30").first()).toBeVisible();
  await page.getByRole("button", { name: "Schedule" }).click();
  await page.getByRole("button", { name: "Schedule it" }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Scheduled").first()).toBeVisible();
  await page.getByRole("button", { name: "Take off the schedule" }).click();
  await page.waitForURL(/\/edit/);

  await page.goto(address(`/campaigns/${id}/edit?tab=schedule`));
  // The next full minute that leaves time to press the buttons.
  const { day, time } = soon(new Date().getSeconds() < 30 ? 1 : 2);
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Time", { exact: true }).fill(time);
  const when = `${formatDate(`${day}T00:00:00Z`, "UTC")} at ${time}`;
  await expect(page.getByText(when).first()).toBeVisible();
  await page.getByRole("button", { name: "Schedule" }).click();
  await page.getByRole("button", { name: "Schedule it" }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  // Nobody touches the page: it becomes the running campaign by itself.
  await expect(page.getByText("Completed").first()).toBeVisible({ timeout: 240_000 });
});

test("a recurring campaign is put into words and shows its next five times", async ({ page }) => {
  await signInAs(page, "Marketer");
  const id = await makeDraft(page, "Again and again");
  await page.goto(address(`/campaigns/${id}/edit?tab=schedule`));
  await page.getByRole("radio", { name: /Send again and again/ }).click();
  await page.getByRole("button", { name: "Thursday" }).click();
  await expect(page.getByText("Every Monday and Thursday at 10:30").first()).toBeVisible();
  await expect(page.getByRole("list", { name: "Next times" }).getByRole("listitem")).toHaveCount(5);
  await page.getByLabel("At most so many times").fill("2");
  await expect(page.getByRole("list", { name: "Next times" }).getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "Schedule" }).click();
  await page.getByRole("button", { name: "Schedule it" }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Every Monday and Thursday at 10:30, at most 2 times").first()).toBeVisible();
  await page.getByRole("button", { name: "Cancel campaign" }).click();
  await page.getByRole("button", { name: "Cancel the campaign" }).click();
  await expect(page.getByText("Cancelled").first()).toBeVisible();
});
