import { expect, type Page, test } from "@playwright/test";
import axe from "axe-core";
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
    await page.evaluate(axe.source);
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

/**
 * Serious and critical findings with their elements. A message's frame runs no scripts, so nobody can look into it. axe is
 * put into the page once for all its looks, and describes only what it finds wrong: through its own driver for Playwright
 * the walk took half as long again. Nothing is read while a colour is on its way to another one.
 */
async function findings(page: Page, rules?: string[]): Promise<string[]> {
  const violations = await page.evaluate(async (only) => {
    const changes = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(changes.map(({ finished }) => finished));
    const result = await (window as unknown as { axe: typeof axe }).axe.run(
      { exclude: ["iframe"] },
      {
        resultTypes: ["violations"],
        iframes: false,
        ...(only && { runOnly: { type: "rule", values: only } }),
      },
    );
    return result.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`),
    }));
  }, rules);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node}`));
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

/** A page that is missing on purpose is a line in the console, too. */
const isOurDoing = (complaint: string, { status }: Screen): boolean =>
  status !== undefined && complaint.includes(`status of ${status}`);
