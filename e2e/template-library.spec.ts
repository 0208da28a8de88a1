import { expect, type Locator, test } from "@playwright/test";
import { address, signInAs } from "./fixtures/sign-in";

test("a marketer goes from the gallery to a launched campaign in at most 8 clicks", async ({ page }) => {
  let clicks = 0;
  const click = async (target: Locator) => {
    clicks += 1;
    await target.click();
  };
  await signInAs(page, "Marketer");
  await page.goto(address("/campaigns"));
  await click(page.getByRole("link", { name: "Templates" }).first());
  await expect(page.getByRole("heading", { level: 1, name: "Templates" })).toBeVisible();
  await click(page.getByRole("button", { name: "Use Renewal reminder, 7 days before" }));
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}\/edit/);
  await expect(
    page.getByRole("heading", { level: 1, name: "Renewal reminder, 7 days before" }),
  ).toBeVisible();
  await click(page.getByRole("link", { name: "Targeting" }));
  await click(page.getByRole("radio", { name: /Customers of a tier/ }));
  await click(page.getByRole("checkbox", { name: "Platinum" }));
  const summary = page.getByRole("complementary", { name: "Summary" });
  await expect(summary.getByText("Nothing is missing.")).toBeVisible();
  await click(page.getByRole("button", { name: "Launch" }));
  await click(page.getByRole("button", { name: /^Send [\d,]+ .* now$/ }));
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  // At night the messages by WhatsApp wait for the hours of contact, and the campaign with them.
  await expect(page.getByText(/^(Completed|[\d,]+ held)$/).first()).toBeVisible({ timeout: 60_000 });
  expect(clicks).toBeLessThanOrEqual(8);

  await page.goto(address("/templates?q=7+days+before"));
  const card = page.getByRole("article", { name: "Renewal reminder, 7 days before" });
  await expect(card.getByText("Used").locator("..")).toContainText(/[1-9]/);
});

test("the gallery is narrowed by its address, a template shows each channel and language, and is kept apart when edited", async ({
  page,
}) => {
  await signInAs(page, "Marketer");
  await page.goto(address("/templates?category=festival&channel=whatsapp&language=hi"));
  await expect(page.getByRole("article")).toHaveCount(4);
  await expect(page.getByText("आपको और आपके परिवार को दीपावली").first()).toBeVisible();
  await page.getByRole("searchbox", { name: "Search templates" }).fill("Diwali");
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("link", { name: "Diwali" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Diwali" })).toBeVisible();
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.frameLocator("iframe").getByText("bright and happy Diwali")).toBeVisible();
  await preview.getByRole("radio", { name: "WhatsApp" }).click();
  await preview.getByRole("radio", { name: "Hindi" }).click();
  await expect(preview.getByText("दीपावली की हार्दिक शुभकामनाएँ")).toBeVisible();
  await expect(page).toHaveURL(/channel=whatsapp&language=hi|language=hi&channel=whatsapp/);
});
