import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { makeWorkbook } from "@/server/imports/testing/workbook";
import { address, signInAs } from "./fixtures/sign-in";

const bank = () => ({
  name: "bank-marketing.csv",
  mimeType: "text/csv",
  buffer: gunzipSync(readFileSync(path.join(import.meta.dirname, "../db/data/bank-marketing.csv.gz"))),
});

test("a marketer checks a file of 45,211 customers, imports it live, and takes it back", async ({ page }) => {
  test.setTimeout(300_000);
  await signInAs(page, "Marketer");
  await page.goto(address("/customers/imports/new"));
  await page.locator("input[type=file]").setInputFiles(bank());
  await page.waitForURL(/\/customers\/imports\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("checkbox", { name: "Use the row number as external id" })).toBeChecked();

  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("button", { name: "Import 45,211 rows" }).click({ timeout: 150_000 });
  await expect(page.getByText("The import is complete")).toBeVisible({ timeout: 150_000 });
  await expect(page.getByText("Created", { exact: true }).locator("..")).toContainText("45,211");

  await page.goto(address("/customers?q=45211"));
  await expect(page.getByText(/of 1 customer$/)).toBeVisible();
  await page.goBack();

  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo the import" }).click();
  await expect(page.getByText("The import was undone")).toBeVisible({ timeout: 150_000 });
  await expect(page.getByText("45,211 customers were removed, 0 got their old values.")).toBeVisible();
});

/** An insurer's due list as a workbook: a title above the table, one customer with two policies, one row to refuse. */
const dueList = (due: string) => ({
  name: "due-list.xlsx",
  mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  buffer: makeWorkbook([
    {
      name: "Due list",
      rows: [
        ["Renewals of the Pune branch"],
        ["Policy No", "Policy Holder", "Mobile No", "Plan Name", "Mode", "Premium Amount", "Next Due Date"],
        ["E2E-TRM-1", "Farida Contractor", 9_820_061_701, "Suraksha Term Shield", "YLY", "₹12,345.00", due],
        ["E2E-HLT-2", "FARIDA CONTRACTOR", 9_820_061_701, "Arogya Family Floater", "HLY", 8_000, due],
        ["E2E-BAD-3", "No Mode", 9_820_061_702, "Jeevan Samriddhi", "now and then", 900, due],
      ],
    },
  ]),
});

test("a marketer brings the insurer's workbook again the next day, and what was due is paid", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signInAs(page, "Marketer");
  const bring = async (due: string) => {
    await page.goto(address("/customers/imports/new"));
    // A file chosen before React has taken over is chosen again.
    await expect(async () => {
      await page.locator("input[type=file]").setInputFiles(dueList(due), { timeout: 3_000 });
      await page.waitForURL(/\/customers\/imports\/[0-9a-f-]{36}$/, { timeout: 8_000 });
    }).toPass({ timeout: 60_000 });
    await page.getByRole("button", { name: "Check the file" }).click();
    await page.getByRole("button", { name: "Import 2 rows" }).click({ timeout: 60_000 });
    await expect(page.getByText("The import is complete")).toBeVisible({ timeout: 60_000 });
  };
  await bring("01/06/2031");
  await expect(page.getByRole("row", { name: /^Policies 2 0/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Customers 1 0/ })).toBeVisible();
  await expect(page.getByText("1 row", { exact: true })).toBeVisible();

  await bring("01/12/2031");
  await expect(page.getByRole("row", { name: /^Policies 0 2/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Premium payments 2 0 2/ })).toBeVisible();
  await page.goto(address("/customers/imports"));
  await expect(page.getByText(/^Payments are as of .* less than an hour old/)).toBeVisible();
});

test("a file that is no list of customers is refused where it was dropped", async ({ page }) => {
  await signInAs(page, "Marketer");
  await page.goto(address("/customers/imports/new"));
  const file = { name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from("PK\x03\x04 a workbook") };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByText("The workbook is damaged", { exact: false })).toBeVisible();
});

test("the search, the filters and the open customer of the list stand in the address", async ({ page }) => {
  await signInAs(page, "Marketer");
  await page.goto(address("/customers?tier=platinum&sort=name"));
  const first = page.locator("tbody tr").first();
  await expect(first).toContainText("Platinum");
  await first.click();
  await page.waitForURL(/open=/);
  await expect(page.getByRole("complementary").getByText("Profile")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.searchParams.has("open") && url.searchParams.get("sort") === "name");
});
