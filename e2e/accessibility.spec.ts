import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { keptContent } from "./fixtures/kept-content";
import { listenForComplaints, openScreen, type Screen, screensOf } from "./fixtures/screens";
import { visitorsOf } from "./fixtures/visitors";

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
/** A theme changes colours and nothing else. */
const colourRules = ["color-contrast", "link-in-text-block"];

test("no screen has serious accessibility findings, light or dark, on a desk or a phone, and none makes the browser complain", async ({
  browser,
}) => {
  test.setTimeout(1_200_000);
  const visitors = visitorsOf(browser, { viewport: desk, colorScheme: "light" });
  // One that cannot be shown hides none of those behind it.
  for (const screen of screensOf(keptContent()).filter(({ drawn }) => !drawn))
    await test.step(screen.name, () =>
      visit(screen).catch((error: unknown) => expect.soft(String(error), `${screen.name} is shown`).toBe("")),
    );

  async function visit(screen: Screen) {
    const page = await (await visitors(screen.visitor)).newPage();
    const complaints = listenForComplaints(page);
    await openScreen(page, screen);
    expect.soft(await findings(page), `${screen.name}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect.soft(await findings(page, colourRules), `${screen.name}, dark`).toEqual([]);
    await page.setViewportSize(phone);
    expect.soft(await findings(page), `${screen.name}, phone`).toEqual([]);
    expect.soft(await overflow(page), `${screen.name} scrolls sideways by pixels`).toBe(0);
    expect.soft(await wideLists(page), `${screen.name} has lists wider than a phone`).toEqual([]);
    const unexpected = complaints.filter((complaint) => !isOurDoing(complaint, screen));
    expect.soft(unexpected, `${screen.name}: the browser complained`).toEqual([]);
    await page.close();
  }
});

/** Serious and critical findings with their elements. A message's frame runs no scripts, so axe cannot look into it. */
async function findings(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).exclude("iframe").setLegacyMode(true);
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
}

/** How much wider than the window the page is. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The lists whose rows do not fit. Tables of figures that are compared may scroll. */
const wideLists = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("[data-list]")]
      .filter((list) => list.scrollWidth > list.clientWidth)
      .map((list) => list.getAttribute("aria-label") ?? ""),
  );

/** A page that is missing on purpose, and axe being refused in a message's frame, are lines in the console, too. */
const isOurDoing = (complaint: string, { status }: Screen): boolean =>
  (status !== undefined && complaint.includes(`status of ${status}`)) ||
  complaint.startsWith("Blocked script execution in 'about:srcdoc'");
