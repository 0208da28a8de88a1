import { expect, test, vi } from "vitest";
import { hotSql, listenToNotices } from "@/db/client";
import { testDatabase } from "@/db/testing/database";
import { TO_SEAL, wakeSender } from "./wake-sender";

await testDatabase();

test("the lanes hear of what came about, and of what came a moment after a notice too", async () => {
  const heard: string[] = [];
  const stop = await listenToNotices({ ringback_batches: (what) => void heard.push(what) });
  await hotSql()`select 1`;
  wakeSender();
  wakeSender();
  await vi.waitFor(() => expect(heard).toEqual([TO_SEAL, TO_SEAL]), { timeout: 10_000 });
  await stop();
});
