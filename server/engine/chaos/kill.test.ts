import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { killRuns } from "./kill";

const db = await testDatabase();

/** The short form of `npm run chaos -- kill`. */
test("runs complete, once each, while engine and app are killed", { timeout: 240_000 }, async () => {
  const findings = await killRuns({ runs: 8, kills: 2 }, async () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-chaos-"));
    return { url: db.url, dir, stop: async () => fs.rmSync(dir, { recursive: true, force: true }) };
  });
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
});
