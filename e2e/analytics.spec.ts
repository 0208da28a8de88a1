import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { openWorkbook } from "../server/analytics/testing/workbook";
import { clientOf } from "./fixtures/client";
import { address, signInAs } from "./fixtures/sign-in";

test("a marketer reads a campaign, takes its readers into a segment, compares it, takes its table away and shares it for a while", async ({
  page,
  browser,
}) => {
  await signInAs(page, "Marketer");
  const client = await clientOf(page.context());
  const { rows } = await client.campaigns.list.query({ search: "Renewal drive", status: ["completed"] });
  const id = rows.at(-1)?.id ?? "";
  await page.goto(address(`/campaigns/${id}?tab=analytics`));
  await expect(page.getByText("From the audience to the goal")).toBeVisible();
  await expect(page.getByText("Click-through rate").first()).toBeVisible();

  await page.getByRole("button", { name: "Download" }).first().click();
  const arrives = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV" }).last().click();
  const file = await (await arrives).path();
  const lines = (await readFile(file, "utf8")).trim().split("\r\n");
  const { counts } = await client.analytics.campaign.query({ campaignId: id });
  expect(lines).toHaveLength(counts.targeted + 1);
  expect(lines[0]).toContain("customer,address,state");

  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  const outside = await browser.newContext();
  const guest = await outside.newPage();
  // The address that the product gives itself may have another port than this test's.
  const report = address(new URL(link).pathname);
  await guest.goto(report);
  await expect(guest.getByRole("heading", { name: rows.at(-1)?.name ?? "" })).toBeVisible();
  await expect(guest.getByText("From the audience to the goal")).toBeVisible();
  await page.getByRole("button", { name: "Take the link back" }).first().click();
  await expect(page.getByText("The link opens nothing any more")).toBeVisible();
  expect((await guest.goto(report))?.status()).toBe(404);
  await outside.close();

  await page.goto(address(`/campaigns/${id}?tab=recipients&did=not_opened`));
  await page.getByRole("button", { name: "Make a segment" }).click();
  await page.waitForURL(/\/segments\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: /Renewal drive/ })).toBeVisible();

  const { rows: others } = await client.campaigns.list.query({ status: ["completed"] });
  const other = others.find((each) => each.id !== id)?.id;
  await page.goto(address(`/analytics/compare?campaign=${id}${other ? `&campaign=${other}` : ""}`));
  await expect(page.getByRole("columnheader", { name: rows.at(-1)?.name ?? "" }).first()).toBeVisible();
});

test("a marketer takes the recipients away as a workbook, sees how far it is, and stops it on a slow line", async ({
  page,
}) => {
  await signInAs(page, "Marketer");
  const client = await clientOf(page.context());
  const { rows } = await client.campaigns.list.query({ search: "Renewal drive", status: ["completed"] });
  const id = rows.at(-1)?.id ?? "";
  await page.goto(address(`/campaigns/${id}?tab=analytics`));
  await expect(page.getByText("From the audience to the goal")).toBeVisible();
  const take = async () => {
    await page.getByRole("button", { name: "Download" }).first().click();
    await page.getByRole("menuitem", { name: "Excel" }).last().click();
  };

  // As slow as a telephone in a lift: what is long is shown, and can be given up.
  const line = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: 512, uploadThroughput: -1 };
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", slow);
  const downloads: string[] = [];
  page.on("download", (download) => downloads.push(download.suggestedFilename()));
  await take();
  const dialog = page.getByRole("dialog", { name: "Recipients" });
  await expect(dialog.getByRole("progressbar", { name: "Reading the rows" })).toBeVisible();
  const stopped = page.waitForEvent("requestfailed", (request) => request.url().includes("/export"));
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await stopped;
  await expect(dialog).toBeHidden();
  expect(downloads).toEqual([]);

  await line.send("Network.emulateNetworkConditions", { ...slow, downloadThroughput: -1 });
  const arrives = page.waitForEvent("download");
  await take();
  const file = await arrives;
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
  const sheet = await openWorkbook(await readFile(await file.path()));
  const { counts } = await client.analytics.campaign.query({ campaignId: id });
  expect(sheet.match(/<row>/g)).toHaveLength(counts.targeted + 1);
});
