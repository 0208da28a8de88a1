import { expect, test } from "@playwright/test";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

test("a marketer tries two subjects, finds both in the inbox, and chooses the one that the rest gets", async ({
  page,
}) => {
  await signInAs(page, "Marketer");
  const client = await clientOf(page.context());
  const { rows } = await client.campaigns.list.query({ search: "Renewal drive" });
  const { id } = await client.campaigns.clone.mutate({ id: rows[0]?.id ?? "" });
  const audience = { kind: "tier" as const, tiers: ["silver" as const, "gold" as const] };
  await client.campaigns.update.mutate({
    id,
    version: 1,
    // Promotion: about their policies these customers were told today already.
    changes: {
      name: "Two subjects to choose from",
      category: "newsletter",
      audience,
      channels: ["email"],
      languages: ["en"],
      fallBack: null,
    },
  });
  await page.goto(address(`/campaigns/${id}/edit?tab=content`));
  await page.getByRole("button", { name: "Try versions against each other" }).click();
  await page.getByRole("menuitem", { name: "Subject" }).click();
  await expect(page.getByRole("tab", { name: "Variant B" })).toHaveAttribute("aria-selected", "true");
  await page.getByLabel("Subject", { exact: true }).fill("Renew in two minutes");
  await page.getByRole("link", { name: "Schedule" }).click();
  await page.getByRole("spinbutton", { name: "In the test" }).fill("50");
  const summary = page.getByRole("complementary", { name: "Summary" });
  await expect(summary.getByText("2 variants, 50% in it")).toBeVisible();
  await page.getByRole("button", { name: "Launch" }).click();
  await page.getByRole("button", { name: /^Send [\d,]+ .* now$/ }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);

  const subjects = async () => {
    const { messages } = await client.inbox.list.query({ campaignId: id, kind: "campaign", limit: 50 });
    // The first names the customer, so that each is different.
    return new Set(messages.map(({ subject }) => subject === "Renew in two minutes")).size;
  };
  await expect.poll(subjects, { timeout: 30_000 }).toBe(2);
  await expect(page.getByText(/\d customers wait/).first()).toBeVisible();
  await page.getByRole("button", { name: "Choose B" }).click();
  await page.getByLabel("Why this one").fill("It is shorter.");
  await page.getByRole("dialog").getByRole("button", { name: "Choose B" }).click();
  await expect(page.getByText("“It is shorter.”").first()).toBeVisible();
  await expect(page.getByText("Completed").first()).toBeVisible({ timeout: 60_000 });
});
