import { expect, type Page, test } from "@playwright/test";
import { address, signInAs } from "./fixtures/sign-in";

async function addCondition(page: Page, group: number, word: string): Promise<void> {
  await page.getByRole("button", { name: "Add a condition" }).nth(group).click();
  await page.getByPlaceholder("Tier, renewal, opened, city …").fill(word);
  await page.getByRole("option", { name: word, exact: true }).first().click();
}

test("a marketer builds a nested segment, sees how many and who, and aims a campaign at it", async ({
  page,
}) => {
  const name = `Valued and renewing ${Date.now()}`;
  await signInAs(page, "Marketer");
  await page.goto(address("/segments"));
  await expect(page.getByRole("row", { name: /All customers.*5,\d{3}/ })).toBeVisible();
  await page.getByRole("link", { name: "New segment" }).click();
  await expect(page.getByText("All customers.", { exact: true })).toBeVisible();

  await addCondition(page, 0, "Tier");
  await page.getByRole("combobox", { name: "Tier", exact: true }).click();
  await page.getByRole("option", { name: "Gold" }).click();
  await page.getByRole("option", { name: "Platinum" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add a group" }).first().click();
  // The inner group's button comes first: it stands above that of the outer one.
  await addCondition(page, 0, "Policy renewal date");
  await addCondition(page, 0, "Engagement score");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create segment" }).click();
  await expect(page.getByText("Give a number.")).toBeVisible();
  await page.getByRole("textbox", { name: "Engagement score" }).fill("60");

  await expect(
    page.getByText(
      "Customers whose tier is Gold or Platinum and (who have a policy whose renewal date is in the next 30 days or whose engagement score is 60).",
    ),
  ).toBeVisible();
  const who = page.getByRole("complementary", { name: "Who is in it" });
  await expect(who.getByText(/^\d[\d,]*$/).first()).toBeVisible();
  await expect(who.getByRole("link").first()).toHaveAttribute("href", /\/customers\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "Create segment" }).click();
  await page.waitForURL(/\/segments\/[0-9a-f-]{36}$/);
  const size = await who
    .getByText(/^\d[\d,]*$/)
    .first()
    .textContent();

  await page.goto(address("/campaigns/new"));
  await page.getByLabel("Name", { exact: true }).fill("To the valued");
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.getByRole("link", { name: "Targeting" }).click();
  await page.getByRole("radio", { name: /^Segments/ }).click();
  await page.getByRole("combobox", { name: /^Segments/ }).click();
  await page.getByPlaceholder("Find a segment").fill(name);
  await page.getByRole("option", { name }).click();
  await page.keyboard.press("Escape");
  const summary = page.getByRole("complementary", { name: "Summary" });
  await expect(summary.getByText(name)).toBeVisible();
  await expect(summary.getByText(`of ${size} in the audience`)).toBeVisible();
});
