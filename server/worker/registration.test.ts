import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { listenToNotices } from "@/db/client";
import { testDatabase } from "@/db/testing/database";
import { Registration, WORKERS_CHANNEL } from "./registration";

const db = await testDatabase();
/** Who registered, in order: what the SDK does when it is asked is not looked at here. */
const registered: string[] = [];
const server = http.createServer((request, response) => {
  registered.push(request.url?.slice(1) ?? "");
  response.end();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => void server.close());

const workers: Registration[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
  await db.owner`delete from worker_processes`;
  registered.splice(0);
});

const untilRegistered = (...names: string[]) =>
  vi.waitFor(() => expect(registered).toEqual(names), { timeout: 20_000, interval: 10 });

async function start(name: string): Promise<Registration> {
  const before = registered.length;
  const worker = new Registration(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`);
  workers.push(worker);
  worker.start();
  await vi.waitFor(() => expect(registered.length).toBe(before + 1), { timeout: 20_000, interval: 10 });
  return worker;
}

test("an older worker does not register over a newer one, and does at once when that one goes", async () => {
  const old = await start("old");
  const young = await start("young");
  // Each looks again as it does every minute; the old one finds that it is not its turn.
  for (let nth = 2; nth <= 6; nth++) {
    old.lookAgain();
    young.lookAgain();
    await untilRegistered("old", ...Array.from({ length: nth }, () => "young"));
  }
  expect([old.done, young.done]).toEqual([true, true]);
  const unlisten = await listenToNotices({ [WORKERS_CHANNEL]: () => old.lookAgain() });
  await young.stop();
  await vi.waitFor(() => expect(registered.at(-1)).toBe("old"), { timeout: 20_000, interval: 10 });
  await unlisten();
});

test("a newer worker that is silent is passed over", async () => {
  const old = await start("old");
  await start("young");
  await db.owner`update worker_processes set beat_at = clock_now() - interval '30 seconds'`;
  old.lookAgain();
  await untilRegistered("old", "young", "old");
});
