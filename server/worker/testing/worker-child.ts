import { env } from "@/env";
import type { ChannelAdapter } from "@/server/channels";
import { startWorker } from "../worker";

/**
 * A worker in a process of its own, for tests that kill it: arguments are the lease's length in ms, the way of sending
 * and the members of a micro-batch.
 * `checkpoint-at-fetch` is the deliberately wrong sender that the assertions must catch: it reports messages as accepted
 * before it hands them over.
 */
const [leaseMs, way, microBatch] = process.argv.slice(2);

const checkpointAtFetch = (adapter: ChannelAdapter): ChannelAdapter => ({
  ...adapter,
  send: async (workspaceId, messages, hooks) => {
    void adapter.send(workspaceId, messages, { start: () => true, finish: () => {} });
    return messages.map((_, index) => {
      hooks.start(index);
      const outcome = { kind: "accepted", delivered: true, providerMessageId: null } as const;
      hooks.finish(index, outcome);
      return outcome;
    });
  },
});

const worker = await startWorker({
  port: 0,
  engine: false,
  leaseMs: Number(leaseMs),
  microBatch: Number(microBatch),
  ...(way === "checkpoint-at-fetch" ? { through: checkpointAtFetch } : {}),
});

process.on("SIGTERM", () => {
  void worker.stop().then(() => process.exit(0));
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true, smtp: env.SMTP_URL !== undefined });
