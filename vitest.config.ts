import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      "@": path.resolve(import.meta.dirname),
      "server-only": path.resolve(import.meta.dirname, "db/testing/empty.ts"),
    },
  },
  test: {
    include: ["{app,components,db,server,scripts}/**/*.test.{ts,tsx}"],
    globalSetup: ["db/testing/global-setup.ts"],
    env: { RINGBACK_SECRET: "a-secret-for-tests-only", LOG_LEVEL: "silent", NODE_ENV: "test" },
    // Two cores: more workers only make each other wait.
    maxWorkers: 2,
    // A file's process lives for seconds: V8 compiles for speed only what runs long in it, which saves a tenth of the run.
    execArgv: ["--interrupt-budget=1000000"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
