import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "@playwright/test";

const home = path.resolve(import.meta.dirname, "..");
const folder = process.env.SCREENS_FOLDER ?? path.join(home, ".ringback/screens");
const sheets = path.join(home, "docs/screenshots/sheets");
/** Begins the names of the files: which state of the product it is. */
const state = process.env.SHEET ?? "after";

/** Wide enough to judge hierarchy, density and colour of a screen beside all others; not to read it. */
const thumbs = { 1440: { width: 320, across: 6 }, 390: { width: 150, across: 12 } } as const;

for (const [device, { width, across }] of Object.entries(thumbs))
  for (const scheme of ["light", "dark"])
    test(`lays out ${device} ${scheme}`, async ({ browser }) => {
      const end = `-${device}-${scheme}.png`;
      const names = readdirSync(folder)
        .filter((name) => name.endsWith(end))
        .sort();
      const page = await browser.newPage({ viewport: { width: across * (width + 12) + 12, height: 600 } });
      // A file may show the pictures beside it; a page that was only set may not.
      const layout = path.join(folder, "sheet.html");
      writeFileSync(
        layout,
        `
        <style>
          body { margin: 12px; display: grid; grid-template-columns: repeat(${across}, ${width}px); gap: 12px; background: #8a8f98;
            font: 11px sans-serif; color: #fff; }
          img { width: 100%; display: block; }
        </style>
        ${names.map((name) => `<div><img src="${pathToFileURL(path.join(folder, name))}">${name.slice(0, -end.length)}</div>`).join("")}`,
      );
      await page.goto(pathToFileURL(layout).toString());
      await page.waitForFunction(() => [...document.images].every((image) => image.complete));
      mkdirSync(sheets, { recursive: true });
      await page.screenshot({
        path: path.join(sheets, `${state}-${device}-${scheme}.jpg`),
        type: "jpeg",
        quality: 55,
        fullPage: true,
      });
      await page.close();
    });
