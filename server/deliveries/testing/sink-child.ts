import fs from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createRandom } from "@/db/seed/random";
import { type AfterBody, startQuickSink } from "./quick-sink";
import type { SinkFaults, SinkOrder } from "./spawn-sink";

/**
 * A mail server in a process of its own, which outlives whatever is killed around it. Each message that it takes is a line
 * `milliseconds public-id` in the log, written before the 250. Arguments: the log's path (empty: none) and the seed of its faults.
 */
const [logPath = "", seed = "1"] = process.argv.slice(2);
const log = logPath === "" ? null : fs.openSync(logPath, "a");
const random = createRandom(Number(seed)).next;
let faults: SinkFaults = {};
let taken = 0;
let dropped = 0;
const deferred = new Set<string>();

const happens = (share: number | undefined): boolean => share !== undefined && random() < share;

/** A server's mind about an address is the same at each try, but it changes it once where it says "later". */
function recipientReply(address: string): string | null {
  if (address.includes(".gone@")) return "550 5.1.1 no such user";
  if (happens(faults.refuseLater) && !deferred.has(address)) {
    deferred.add(address);
    return "452 4.2.2 mailbox full, try again";
  }
  return null;
}

async function afterBody(): Promise<AfterBody> {
  if (faults.stallMs) await delay(faults.stallMs);
  if (!happens(faults.dropAfterDot)) return { kind: "take" };
  dropped++;
  return { kind: random() < 0.5 ? "silent" : "lost" };
}

const { port } = await startQuickSink({
  greet: (command, address) => {
    if (command === "mail") return happens(faults.closing) ? "421 4.3.2 closing, come back" : null;
    return recipientReply(address);
  },
  decide: () => (faults.stallMs || faults.dropAfterDot ? afterBody() : { kind: "take" }),
  taken: (message) => {
    taken++;
    if (log === null) return;
    const head = message.toString("latin1", 0, 4_000);
    const id = /^x-ringback-id: *(\S+)/im.exec(head)?.[1] ?? "?";
    fs.writeSync(log, `${(performance.timeOrigin + performance.now()).toFixed(3)} ${id}\n`);
  },
});

process.on("message", (order: SinkOrder) => {
  if (order.kind === "faults") faults = order.faults;
  process.send?.({ taken, dropped });
});
process.on("disconnect", () => process.exit());
process.send?.({ port });
