import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { textsOf } from "../server/erasures/testing/find-words-in-files";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

test.describe.configure({ mode: "serial" });

let mark: string;
let name: string;
let phone: string;
let attribute: string;
let policyNumber: string;
let customerId: string;

test.beforeAll(() => {
  mark = String(Date.now() % 100_000).padStart(5, "0");
  name = `Vasudha Kelkar ${mark}`;
  phone = `98221${mark}`;
  attribute = `Blood group ${mark}`;
  policyNumber = `TRM-E2E-${mark}`;
});

const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
const filterBy = async (page: Page, filter: string, value: string) => {
  await page.getByRole("button", { name: filter, exact: true }).click();
  await page.getByRole("option", { name: value, exact: true }).click();
  await page.keyboard.press("Escape");
};

test("somebody rings: their page is found by the number and tells what happened", async ({
  page,
  context,
}) => {
  await signInAs(page, "Administrator");
  const client = await clientOf(context);
  const created = await client.customers.create.mutate({
    name,
    phone,
    email: `vasudha.${mark}@example.test`,
    city: "Nashik",
    tier: "gold",
  });
  customerId = created.id;
  await client.policies.create.mutate({
    customerId,
    policyNumber,
    policyType: "term",
    productName: "Suraksha Term Shield",
    premium: "12,345",
    paymentMode: "yearly",
    startDate: "2024-03-15",
    renewalDate: "2031-03-15",
    graceDays: 30,
  });
  await client.events.ingest.mutate({
    events: [{ name: "inquiry", customer: { phone }, properties: { product: "health" } }],
  });
  for (const channel of ["sms", "email"] as const)
    await client.consent.grant.mutate({
      customerId,
      channel,
      purpose: "promotional",
      source: "branch",
      textShown: "Yes, send me offers.",
      evidence: `Form ${mark}`,
    });

  await page.goto(address("/customers"));
  await page.getByLabel("Name, e-mail, phone or id").fill(`+91 ${phone.slice(0, 5)} ${phone.slice(5)}`);
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name }).click();
  await page.getByRole("link", { name: "Whole page" }).click();
  await page.waitForURL(new RegExp(`/customers/${customerId}`));
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await expect(timeline(page).getByText("Inquiry")).toBeVisible();
  await filterBy(page, "Kind", "Consent");
  await expect(timeline(page).getByText("Inquiry")).toBeHidden();
  await expect(timeline(page).getByText("“Yes, send me offers.”")).toHaveCount(2);
  await filterBy(page, "Channel", "SMS");
  await expect(timeline(page).getByText("“Yes, send me offers.”")).toHaveCount(1);
  await expect(page).toHaveURL(/kind=consent.*channel=sms/);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(timeline(page).getByText("Inquiry")).toBeVisible();

  await page.getByRole("link", { name: /^Policies/ }).click();
  await expect(page.getByText(policyNumber).first()).toBeVisible();
  await expect(page.getByText("₹12,345").first()).toBeVisible();
});

test("what is changed and written down stands on the timeline, and the change in the audit log", async ({
  page,
}) => {
  await signInAs(page, "Administrator");
  await page.goto(address(`/customers/${customerId}`));
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("City").fill("Pune");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(timeline(page).getByText("Meera Krishnan changed city")).toBeVisible();
  await page.getByLabel("New note").fill("Asks to be called after six.");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(timeline(page).getByText("Asks to be called after six.")).toBeVisible();

  await page.goto(address("/settings/audit"));
  // The audit log cannot be erased: it names nobody, and no values.
  const edit = page
    .getByRole("row", { name: /Customer updated.*Changed: city/ })
    .filter({ hasText: `…${customerId.slice(-6)}` });
  await expect(edit).toContainText("Meera Krishnan");
  await expect(page.getByText(name)).toHaveCount(0);
});

test("an attribute of the firm's own is defined, filled in and shown", async ({ page }) => {
  await signInAs(page, "Administrator");
  await page.goto(address("/settings/attributes"));
  await page.getByRole("button", { name: "New attribute" }).click();
  const form = page.getByRole("dialog", { name: "New attribute" });
  await form.getByLabel("Name", { exact: true }).fill(attribute);
  await form.getByLabel("Type").click();
  await page.getByRole("option", { name: "Choice" }).click();
  await form.getByLabel("Options").fill("A+\nB+\nO+");
  await form.getByRole("button", { name: "Define attribute" }).click();
  await expect(page.getByRole("row", { name: new RegExp(attribute) })).toBeVisible();

  await page.goto(address(`/customers/${customerId}`));
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel(attribute).click();
  await page.getByRole("option", { name: "B+" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("definition").filter({ hasText: /^B\+$/ })).toBeVisible();
  await expect(timeline(page).getByText(new RegExp(`changed ${attribute}`, "i"))).toBeVisible();
});

test("a consent is withdrawn with one press, and stays so", async ({ page }) => {
  await signInAs(page, "Administrator");
  await page.goto(address(`/customers/${customerId}?tab=consent`));
  await page.getByRole("button", { name: "Withdraw promotion by SMS" }).click();
  await expect(page.getByRole("button", { name: "Write down a consent: promotion by SMS" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Withdraw promotion by E-mail" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Write down a consent: promotion by SMS" })).toBeVisible();
});

test("a supervisor reads the number masked where the administrator says so", async ({
  page,
  context,
  browser,
}) => {
  await signInAs(page, "Administrator");
  const client = await clientOf(context);
  const before = await client.customers.privacy.query();
  await page.goto(address("/settings/privacy"));
  const box = page.getByRole("checkbox", { name: "Supervisor" });
  if (!before.maskedRoles.includes("supervisor")) {
    await box.click();
    await page.getByRole("button", { name: "Save privacy" }).click();
    await expect(page.getByText("Privacy saved")).toBeVisible();
  }
  const desk = await browser.newContext();
  const supervisor = await desk.newPage();
  try {
    await signInAs(supervisor, "Supervisor");
    await supervisor.goto(address(`/customers/${customerId}`));
    await expect(supervisor.getByText(`+91•••${phone.slice(-4)}`).first()).toBeVisible();
    await expect(supervisor.getByText(phone)).toHaveCount(0);
    await expect(supervisor.getByRole("button", { name: "Edit", exact: true })).toHaveCount(0);
  } finally {
    await desk.close();
    await client.customers.changePrivacy.mutate(before);
  }
});

test("everything held can be taken away as a file, and then the person is erased for good", async ({
  page,
}) => {
  await signInAs(page, "Administrator");
  await page.goto(address(`/customers/${customerId}`));
  await page.getByRole("button", { name: "More", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Download everything held" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^customer-.*\.zip$/);
  const held = textsOf(readFileSync(await file.path())).join();
  for (const words of [policyNumber, phone, "Asks to be called after six.", "B+"])
    expect(held).toContain(words.toLowerCase());

  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Erase" }).click();
  const dialog = page.getByRole("dialog", { name: `Erase ${name}?` });
  await expect(dialog.getByText("1 note")).toBeVisible();
  const erase = dialog.getByRole("button", { name: "Erase now" });
  await expect(erase).toBeDisabled();
  await dialog.getByLabel(`Type “${name}” to confirm`).fill(name.toLowerCase());
  await erase.click();
  await expect(dialog).toBeHidden();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "Erased customer" })).toBeVisible({
      timeout: 2_000,
    });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText(/1 policy still count/)).toBeVisible();
  await page.goto(address(`/customers?q=${phone}`));
  await expect(page.getByRole("link", { name })).toHaveCount(0);
  await page.goto(address("/settings/privacy"));
  await expect(page.getByRole("link", { name: "Erased customer" }).first()).toBeVisible();
});
