import { writeFileSync } from "node:fs";
import path from "node:path";
import { type BrowserContextOptions, test } from "@playwright/test";
import { makeDemoContent, readSomeMessages } from "./fixtures/demo-content";
import { talkedJustNow } from "./fixtures/in-hand";
import { openScreen, screensOf } from "./fixtures/screens";
import { smallPng } from "./fixtures/small-png";
import { visitorsOf } from "./fixtures/visitors";

const folder = process.env.SCREENS_FOLDER ?? path.resolve(import.meta.dirname, "../.ringback/screens");
const every = process.env.EVERY_SCREEN === "1";
/** The screens that the README shows. */
const inReadme = ["builder-content", "campaign", "inbox", "callbacks", "floor", "analytics"];
const devices: BrowserContextOptions[] = [
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
];
/** Draws only screens whose name begins so: "builder,campaign". */
const only = (process.env.SCREENS ?? "").split(",");
/** The whole page instead of what a window shows of it. */
const fullPage = process.env.FULL === "1";

const wanted = (name: string): boolean =>
  every ? only.some((start) => name.startsWith(start)) : inReadme.includes(name);

for (const device of every ? devices : devices.slice(0, 1)) {
  const width = device.viewport?.width;
  test(`draws every screen ${width} px wide`, async ({ browser }) => {
    const visitors = visitorsOf(browser, device);
    const content = await makeDemoContent(await visitors("Administrator"));
    for (const id of [content.hindiId, content.completedId])
      await readSomeMessages(await visitors("Administrator"), id);
    if (every) await talkedJustNow(await visitors("Administrator"), await visitors("Call-centre agent"));
    for (const screen of screensOf(content).filter(({ name }) => wanted(name))) {
      const page = await (await visitors(screen.visitor)).newPage();
      await openScreen(page, screen);
      for (const colorScheme of every ? (["light", "dark"] as const) : (["light"] as const)) {
        await page.emulateMedia({ colorScheme });
        const picture = await page.screenshot({ animations: "disabled", caret: "hide", fullPage });
        writeFileSync(path.join(folder, `${screen.name}-${width}-${colorScheme}.png`), smallPng(picture));
      }
      await page.close();
    }
  });
}
