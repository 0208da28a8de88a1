import { expect, type Page, test } from "@playwright/test";
import { address, signInAs } from "./fixtures/sign-in";

/** Kilobytes of script, as transferred, that a screen without charts may load. */
const BUDGET = 250;

test("sign-in and the campaign list load at most 250 KB of script", async ({ browser }) => {
  const page = await browser.newPage();
  expect(await scriptOf(page, "/sign-in"), "sign-in").toBeLessThanOrEqual(BUDGET);
  await signInAs(page, "Marketer");
  const fresh = await (
    await browser.newContext({ storageState: await page.context().storageState() })
  ).newPage();
  expect(await scriptOf(fresh, "/campaigns"), "campaign list").toBeLessThanOrEqual(BUDGET);
});

/** Kilobytes (1,000 bytes, compressed as they came over the network) of all scripts until the page rests. */
async function scriptOf(page: Page, path: string): Promise<number> {
  const network = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let bytes = 0;
  network.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script" || response.mimeType.includes("javascript")) scripts.add(requestId);
  });
  network.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await network.send("Network.enable");
  await page.goto(address(path));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.evaluate(
    () => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 5_000 })),
  );
  expect(scripts.size, "scripts were counted").toBeGreaterThan(3);
  return Math.ceil(bytes / 1_000);
}
