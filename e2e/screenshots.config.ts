import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config";

/** `npm run screenshots`: draws every screen into docs/screenshots. Not a test, so not among the journeys. */
export default defineConfig({
  ...journeys,
  workers: 1,
  projects: [
    { name: "screens", testMatch: "screenshots.ts" },
    { name: "sheet", testMatch: "contact-sheet.ts", dependencies: ["screens"] },
  ],
  reporter: [["line"]],
  timeout: 600_000,
  use: { ...journeys.use, trace: "off" },
});
