import { expect, test } from "@playwright/test";
import { address, signInAs } from "./fixtures/sign-in";

const contacts = [
  "Name,Mobile,Mail,Tier",
  "Zoya Merchant,098200 12345,zoya@example.test,platinum",
  "Arif Merchant,+91 98200-12346,arif@example.test,platinum",
  "Nobody Reachable,12,not an address,platinum",
].join("\r\n");

test("a marketer imports contacts, launches a campaign to them, reads it in the inbox, and a click moves the number without reload", async ({
  page,
  context,
}) => {
  await signInAs(page, "Marketer");
  await page.goto(address("/customers/imports/new"));
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "contacts.csv", mimeType: "text/csv", buffer: Buffer.from(contacts) });
  await page.waitForURL(/\/customers\/imports\/[0-9a-f-]{36}$/);
  await page.getByRole("radio", { name: /They agreed to something/ }).click();
  await page.getByRole("group", { name: "Promotion by" }).getByRole("checkbox", { name: "E-mail" }).click();
  await page
    .getByRole("textbox", { name: "The words that they agreed to" })
    .fill("Yes, send me news by e-mail.");
  await page.getByLabel("The day on which they agreed").fill("2026-01-15");
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("button", { name: /^Import \d rows?$/ }).click();
  await expect(page.getByText("The import is complete")).toBeVisible();

  await page.goto(address("/campaigns"));
  await page.getByRole("link", { name: "New campaign" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Platinum news");
  await page.getByLabel("Category").click();
  await page.getByPlaceholder("Find a category").fill("Newsletter");
  await page.getByRole("option", { name: /Newsletter/ }).click();
  await page.getByRole("button", { name: "Create draft" }).click();

  await page.getByLabel("Subject").fill("{{customer_name}}, thank you");
  const message = page.getByRole("textbox", { name: "Message", exact: true });
  await message.pressSequentially("Dear {{customer_name}},");
  await message.press("Enter");
  await message.pressSequentially("Thank you for staying with us.");
  await page.getByRole("button", { name: "Button", exact: true }).click();
  await page.keyboard.type("See your benefits");
  await page.getByLabel("Leads to").fill("https://example.com/benefits");
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
  await inbox.goto(address("/inbox?q=zoya"));
  await inbox
    .getByRole("link", { name: /Zoya Merchant, thank you/ })
    .first()
    .click();
  const mail = inbox.frameLocator("iframe[title^='Message']");
  await expect(mail.getByText("Thank you for staying with us.")).toBeVisible();
  // Where the link leads is not opened: a browser without a network would wait for it.
  const [clicked] = await Promise.all([
    context.waitForEvent("response", (response) => response.url().includes("/t/c/")),
    mail.getByText("See your benefits").click(),
  ]);
  expect([clicked.status(), await clicked.headerValue("location")]).toEqual([
    302,
    "https://example.com/benefits",
  ]);

  expect(page.url()).toBe(campaign);
  await expect(page.getByText("Click-through rate").locator("..")).toContainText(/\D1 customers? clicked/);
});
