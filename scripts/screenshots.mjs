// `npm run screenshots`: draws every screen of the product, light and dark, wide and narrow, into docs/screenshots.
// SCREENS=campaign,builder draws only those whose names begin so, FULL=1 the whole page; E2E_URL takes a product that runs already.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ensureInstalled, root } from "./bootstrap.mjs";

ensureInstalled();
fs.mkdirSync(path.join(root, "docs/screenshots"), { recursive: true });
const { status } = spawnSync(
  path.join(root, "node_modules/.bin/playwright"),
  ["test", "-c", "e2e/screenshots.config.ts"],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
