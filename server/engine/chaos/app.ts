/**
 * The app of the chaos runs and of the bench: a process of its own that can be killed. Every body writes a line to
 * a file before it returns, so that what really happened can be counted afterwards. Environment: RINGBACK_DATA_DIR,
 * WORKER_PORT, INNGEST_BASE_URL.
 */
import http from "node:http";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import { env } from "@/env";
import { appendEffect } from "./effects";

const nothing = (): void => undefined;
const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const client = new Inngest({ id: "chaos", baseUrl: env.INNGEST_BASE_URL, isDev: true, logger });

/** Leaves a trace of a body: of which call, and when that call began. */
const effect = (run: string, body: string, call: { id: string; began: number }): number => {
  appendEffect({ run, body, call: call.id, began: call.began, at: Date.now() });
  return 1;
};

const functions = [
  client.createFunction(
    { id: "journey", retries: 10, triggers: [{ event: "chaos/journey" }] },
    async ({ step, event, runId, requestId }) => {
      const call = { id: String(requestId), began: Date.now() };
      const a = await step.run("a", () => effect(runId, "a", call));
      await step.sleep("rest", "1s");
      const pair = await Promise.all([
        step.run("b1", () => effect(runId, "b1", call)),
        step.run("b2", () => effect(runId, "b2", call)),
      ]);
      const answer = await step.waitForEvent("answer", {
        event: "chaos/answer",
        match: "data.n",
        timeout: "2s",
      });
      const c = await step.run("c", () => effect(runId, "c", call));
      return { n: event.data.n, sum: a + c + pair.length, answered: answer !== null };
    },
  ),
  client.createFunction({ id: "one", triggers: [{ event: "bench/one" }] }, async ({ step, event }) =>
    step.run("only", () => event.data.n),
  ),
  client.createFunction({ id: "ten", triggers: [{ event: "bench/ten" }] }, async ({ step }) => {
    for (let n = 0; n < 10; n++) await step.run(`s${n}`, () => n);
  }),
  client.createFunction({ id: "wait", triggers: [{ event: "bench/wait" }] }, async ({ step }) => {
    await step.waitForEvent("go", { event: "bench/go", match: "data.key", timeout: "30d" });
  }),
];

const handler = serve({ client, functions, servePath: "/api/inngest" });
http
  .createServer((request, response) => {
    if (request.url === "/health") return void response.end("ok");
    handler(request, response);
  })
  .listen(env.WORKER_PORT, "127.0.0.1");
