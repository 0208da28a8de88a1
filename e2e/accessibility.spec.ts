import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { makeDemoContent } from "./fixtures/demo-content";
import { listenForComplaints, openScreen, screensOf } from "./fixtures/screens";
import { visitorsOf } from "./fixtures/visitors";

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

test("no screen has serious accessibility findings, light or dark, on a desk or a phone, and none makes the browser complain", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const visitors = visitorsOf(browser, { viewport: desk, colorScheme: "light" });
  const content = await makeDemoContent(await visitors("Administrator"));
  for (const screen of screensOf(content))
    await test.step(screen.name, async () => {
      const page = await (await visitors(screen.visitor)).newPage();
      const complaints = listenForComplaints(page);
      await openScreen(page, screen);
      // Before axe, which tries the frames of messages and is refused there: that is in the console, too.
      const unexpected = complaints.filter((complaint) => !aboutStatus(complaint, screen.status));
      expect.soft(unexpected, `${screen.name}: the browser complained`).toEqual([]);
      expect.soft(await findings(page), `${screen.name}, light`).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect.soft(await findings(page), `${screen.name}, dark`).toEqual([]);
      await page.setViewportSize(phone);
      expect.soft(await findings(page), `${screen.name}, phone`).toEqual([]);
      expect.soft(await overflow(page), `${screen.name} scrolls sideways by pixels`).toBe(0);
      await page.close();
    });
});

/** Serious and critical findings, as "rule: element". A message's frame runs no scripts, so axe cannot look into it. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude("iframe").setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
}

/** How much wider than the window the page is. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A page that is missing on purpose is a line in the console, too. */
const aboutStatus = (complaint: string, status?: number): boolean =>
  status !== undefined && complaint.includes(`status of ${status}`);
