import { expect, type Page, test } from "@playwright/test";
import { clientOf } from "./fixtures/client";
import { makeReaders, moveToNoon, readers } from "./fixtures/readers";
import { address, signInAs } from "./fixtures/sign-in";

const link = "https://example.com/diwali";

/** What each reader gets to read, beside the own name. */
const said = {
  whatsapp: { en: "happy Diwali. See what is new", hi: "दीपावली की हार्दिक शुभकामनाएँ" },
  sms: { en: "happy Diwali from all of us", hi: "दीपावली की शुभकामनाएँ। आपके लिए ऑफ़र" },
  email: { en: "May the year be bright.", hi: "नया साल शुभ हो।" },
} as const;

test.setTimeout(240_000);

test("a marketer writes to three channels in two languages, tests each, launches, and each reader gets the own message", async ({
  page,
  context,
  browser,
}) => {
  const office = await browser.newContext();
  await signInAs(await office.newPage(), "Administrator");
  const segment = await makeReaders(await clientOf(office));
  const putBack = await moveToNoon(office);
  try {
    await signInAs(page, "Marketer");
    await page.goto(address("/campaigns/new"));
    await page.getByLabel("Name", { exact: true }).fill("Diwali on three channels");
    await page.getByLabel("Category").click();
    await page.getByPlaceholder("Find a category").fill("Festival");
    await page.getByRole("option", { name: /Festival/ }).click();
    await page.getByRole("button", { name: "Create draft" }).click();

    await page.getByRole("link", { name: "Targeting" }).click();
    await page.getByRole("radio", { name: /^Segments/ }).click();
    await page.getByRole("combobox", { name: /^Segments/ }).click();
    await page.getByPlaceholder("Find a segment").fill(segment);
    await page.getByRole("option", { name: segment }).click();
    await page.keyboard.press("Escape");

    await page.getByRole("link", { name: "Content", exact: true }).click();
    await writeMail(page, "A happy Diwali, {{first_name}}", said.email.en);
    await page.getByRole("button", { name: "Language", exact: true }).click();
    await page.getByRole("menuitem", { name: /Hindi/ }).click();
    await expect(page.getByText("Missing in Hindi: 3 customers get English.")).toBeVisible();
    await expect(page.getByRole("tab", { name: /Hindi/ })).toHaveAttribute("aria-selected", "true");
    await writeMail(page, "{{first_name}}, दीपावली की शुभकामनाएँ", said.email.hi);
    await expect(page.getByText("Missing in Hindi")).toBeHidden();

    await page.getByRole("switch", { name: "Use SMS" }).click();
    await fillSms(page, "English", "Festival greetings", "Diwali");
    await expect(page.getByText(/^1 part$/)).toBeVisible();
    await fillSms(page, "Hindi", "Festival greetings (Hindi)", "दीपावली");
    await expect(page.getByText(/make it a Unicode SMS/)).toBeVisible();

    await page.getByRole("switch", { name: "Use WhatsApp" }).click();
    await fillWhatsApp(page, "English", /we wish you and your family/, "Diwali");
    await expect(page.getByRole("figure").getByText("See what is new", { exact: true })).toBeVisible();
    await fillWhatsApp(page, "Hindi", /हार्दिक शुभकामनाएँ/, "दीपावली");
    const summary = page.getByRole("complementary", { name: "Summary" });
    await expect(summary.getByText("Nothing is missing.")).toBeVisible();
    await expect(summary.getByText("of 6 in the audience, 100%")).toBeVisible();

    await page.getByRole("button", { name: "Send a test" }).click();
    const dialog = page.getByRole("dialog", { name: "Send yourself a test" });
    await dialog.getByLabel("Your e-mail address").fill("marketer.tests@example.test");
    await dialog.getByLabel("Your phone number").fill("+91 98200 70001");
    await dialog.getByRole("button", { name: "Send 6 tests" }).click();
    await expect(dialog.getByText("Delivered")).toHaveCount(6);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Launch" }).click();
    await page.getByRole("button", { name: "Send 6 messages now" }).click();
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
    await expect(page.getByText("Completed").first()).toBeVisible({ timeout: 30_000 });

    const client = await clientOf(context);
    const id = page.url().split("/").at(-1) ?? "";
    const { messages } = await client.inbox.list.query({ campaignId: id, kind: "campaign", limit: 50 });
    expect(messages).toHaveLength(6);
    for (const reader of readers) {
      const message = messages.find(({ toName }) => toName === reader.name);
      await page.goto(address(`/inbox/${message?.id}`));
      const read = reader.channel === "email" ? page.frameLocator("iframe").first() : page.getByRole("main");
      await expect(read.getByText(said[reader.channel][reader.language]).first()).toBeVisible();
      await expect(page.getByText(reader.name.split(" ")[0] ?? "").first()).toBeVisible();
    }
    const { messages: tests } = await client.inbox.list.query({ campaignId: id, kind: "test", limit: 50 });
    expect(tests).toHaveLength(6);
    // The campaign's own figures know of no test.
    await page.goto(address(`/campaigns/${id}`));
    await expect(page.getByText("Sent", { exact: true }).first().locator("..")).toContainText(/\b6\b/);
  } finally {
    await putBack();
    await office.close();
  }
});

async function writeMail(page: Page, subject: string, words: string): Promise<void> {
  await page.getByLabel("Subject").fill(subject);
  const message = page.getByRole("textbox", { name: "Message", exact: true });
  await message.click();
  await page.keyboard.type(words);
  await page.getByRole("button", { name: "Button", exact: true }).click();
  await page.keyboard.type("Open");
  await page.getByLabel("Leads to").fill(link);
}

async function fillSms(page: Page, language: string, text: string, occasion: string): Promise<void> {
  await page.getByRole("tab", { name: new RegExp(language) }).click();
  await page.getByLabel("Registered text", { exact: true }).click();
  await page.getByRole("option", { name: new RegExp(`^${text.replace(/[()]/g, "\\$&")}\\s*\\d`) }).click();
  await page.getByLabel("Place 1").fill('{{first_name | default: "customer"}}');
  await page.getByLabel("Place 2").fill(occasion);
  await page.getByLabel("Place 3").fill(link);
}

async function fillWhatsApp(page: Page, language: string, template: RegExp, occasion: string): Promise<void> {
  await page.getByRole("tab", { name: new RegExp(language) }).click();
  await page.getByLabel("Template", { exact: true }).click();
  await page.getByRole("option", { name: template }).click();
  await page.getByLabel("Variable {{1}}").fill("{{customer_name}}");
  await page.getByLabel("Variable {{2}}").fill(occasion);
  await page.getByLabel(/^Where “.*” leads$/).fill(link);
}
