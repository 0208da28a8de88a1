import { expect, test } from "@playwright/test";
import { address, signInAs } from "./fixtures/sign-in";

test("a marketer builds a campaign, launches it, reads it in the inbox, and a click moves the number without reload", async ({
  page,
  context,
}) => {
  await signInAs(page, "Marketer");
  await page.goto(address("/campaigns"));
  await page.getByRole("link", { name: "New campaign" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Platinum thanks");
  await page.getByRole("button", { name: "Create draft" }).click();

  await page.getByLabel("Subject").fill("{{customer_name}}, thank you");
  await page
    .getByLabel("Message", { exact: true })
    .fill(
      "Dear {{customer_name}},\n\nThank you for staying with us.\n\n[See your benefits](https://example.com/benefits)",
    );
  await page.getByRole("link", { name: "Targeting" }).click();
  await page.getByRole("radio", { name: /Customers of a tier/ }).click();
  await page.getByRole("checkbox", { name: "Platinum" }).click();
  const summary = page.getByRole("complementary", { name: "Summary" });
  await expect(summary.getByText("Nothing is missing.")).toBeVisible();

  await page.getByRole("button", { name: "Launch" }).click();
  await page.getByRole("button", { name: /^Send [\d,]+ e-mails now$/ }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
  const campaign = page.url();
  await expect(page.getByText("Completed").first()).toBeVisible();
  await expect(page.getByText("Open rate").locator("..")).toContainText("0%");

  const inbox = await context.newPage();
  await inbox.goto(address("/inbox"));
  await inbox
    .getByRole("link", { name: /thank you/ })
    .first()
    .click();
  const message = inbox.frameLocator("iframe[title^='Message']");
  await expect(message.getByText("Thank you for staying with us.")).toBeVisible();
  const href = await message.getByRole("link", { name: "See your benefits" }).getAttribute("href");
  const clicked = await context.request.get(href ?? "", {
    maxRedirects: 0,
    headers: { "user-agent": await page.evaluate(() => navigator.userAgent) },
  });
  expect([clicked.status(), clicked.headers().location]).toEqual([302, "https://example.com/benefits"]);

  expect(page.url()).toBe(campaign);
  await expect(
    page
      .getByTitle(/1 customers clicked/)
      .or(page.getByText(/0\.\d+%/))
      .first(),
  ).toBeVisible();
});
