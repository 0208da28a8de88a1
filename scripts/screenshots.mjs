// `npm run screenshots`: draws the pictures of the README into docs/screenshots, wide and light. With `-- all` every screen of
// the product, light and dark, wide and narrow, into .ringback/screens. With `-- sheet` it lays those out as four contact sheets
// in docs/screenshots/sheets, whose names begin with SHEET ("after"). SCREENS=campaign,builder draws those whose names begin so,
// FULL=1 the whole page; E2E_URL takes a product that runs already.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ensureInstalled, root } from "./bootstrap.mjs";

ensureInstalled();
const sheet = process.argv.includes("sheet");
const every = sheet || process.argv.includes("all") || process.env.SCREENS !== undefined;
const folder = path.join(root, every ? ".ringback/screens" : "docs/screenshots");
fs.mkdirSync(folder, { recursive: true });
const { status } = spawnSync(
  path.join(root, "node_modules/.bin/playwright"),
  ["test", "-c", "e2e/screenshots.config.ts", "--project", sheet ? "sheet" : "screens"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, SCREENS_FOLDER: folder, EVERY_SCREEN: every ? "1" : "" },
  },
);
process.exitCode = status ?? 1;
