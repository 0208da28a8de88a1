import { defineConfig } from "@playwright/test";
import { findBrowser } from "./fixtures/browser";

const browser = await findBrowser();

/** Journeys with a product of their own. */
const apart = ["bridge", "connect-whatsapp", "deploy", "survive-kills"].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  reporter: [
    ["line"],
    ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? "../test-results/report.json" }],
  ],
  globalSetup: "./fixtures/global-setup.ts",
  // One product and two cores: the journeys follow each other in the demo workspace. Beside them the walk reads, and then
  // those go that share no data with them.
  workers: 2,
  // A journey that passes only the second time is named as unstable by `npm test`.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    headless: true,
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    viewport: { width: 1440, height: 900 },
    // Without a graphics card a spinner alone takes one of two cores.
    contextOptions: { reducedMotion: "reduce" },
    // Of the second try only: drawing and describing every step of every journey takes a fifth of two cores.
    trace: "on-first-retry",
    launchOptions: browser,
  },
  projects: [
    { name: "content", testMatch: "content.setup.ts" },
    {
      name: "walk",
      testMatch: "accessibility.spec.ts",
      dependencies: ["content"],
      workers: 1,
      // A trace puts scripts into the frames of messages, which refuse them; what is found names its screen and element.
      use: { trace: "off" },
    },
    {
      name: "journeys",
      testIgnore: ["accessibility.spec.ts", ...apart],
      dependencies: ["content"],
      workers: 1,
    },
    { name: "apart", testMatch: apart, dependencies: ["content"], workers: 1 },
  ],
});
