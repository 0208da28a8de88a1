import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { Journal, readJournals, removeOldJournals } from "./journal";
import { ownerIsGone, thisOwner } from "./owner";
import { temporaryDataDir } from "./testing/data-dir";

const dataDir = temporaryDataDir();
const [ourHost = "", ourBoot = "", ourNamespace = ""] = thisOwner.split(":");
const deadOwner = `${ourHost}:${ourBoot}:${ourNamespace}:${2 ** 30}:1`;
const strangerOwner = "other-host:other-boot:1:1:1";

describe("a journal", () => {
  test("is read past a torn last line, and from every holder of a batch", () => {
    const dir = path.join(dataDir, "torn");
    const first = new Journal("a:b:1:1:1", dir);
    const second = new Journal("a:b:1:2:2", dir);
    const attempt = (seq: number, batchNumber = 1) => ({ runNumber: 7, batchNumber, seq });
    first.started(attempt(1));
    first.started(attempt(12));
    second.started(attempt(1));
    second.finished(attempt(1), "delivered", null);
    second.started(attempt(1, 11));
    for (const journal of [first, second]) journal.close();
    fs.appendFileSync(path.join(dir, fs.readdirSync(dir)[0] ?? ""), "A 7:1:12 deliv");
    expect(readJournals({ runNumber: 7, batchNumber: 1 }, dir)).toEqual(
      new Map([
        [1, { state: "delivered", reason: null }],
        [12, null],
      ]),
    );
  });

  test("is removed only when its process is gone and holds no batch", () => {
    const dir = path.join(dataDir, "old");
    for (const owner of [deadOwner, strangerOwner, thisOwner, `${deadOwner}0`])
      new Journal(owner, dir).close();
    removeOldJournals([`${deadOwner}0`], dir);
    expect(fs.readdirSync(dir)).toHaveLength(3);
  });
});

test("only a process of this machine, boot and namespace can be proven dead", () => {
  expect(ownerIsGone(deadOwner)).toBe(true);
  expect(ownerIsGone(`${ourHost}:${ourBoot}:${ourNamespace}:${process.pid}:1`)).toBe(true); // the number was used again
  expect(ownerIsGone(thisOwner)).toBe(false);
  expect(ownerIsGone(strangerOwner)).toBe(false);
  expect(ownerIsGone(`${ourHost}:another-boot:${ourNamespace}:${2 ** 30}:1`)).toBe(false);
});
