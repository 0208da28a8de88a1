/**
 * `npm run conformance`: the behaviours that our functions rely on, shown by an engine over its public API alone.
 *
 *   ENGINE_URL   the engine to test; unset starts the embedded one on DATABASE_URL or an embedded Postgres
 *   ENGINE_KIND  embedded (default) or inngest
 *   INNGEST_SIGNING_KEY, INNGEST_EVENT_KEY  when that engine is in cloud mode
 *   INNGEST_SIGNING_KEY_FALLBACK            the key that it is rotating out, if any
 *
 * Arguments are parts of titles: only those cases run. Every case runs twice: with checkpointing, and with one request for
 * each step. Ends with `N passed, N failed`.
 */
import { env } from "@/env";
import { allCases } from "./cases";
import { startEmbeddedEngine } from "./embedded";
import { type Result, runSuite } from "./suite";

const only = process.argv.slice(2);
const cases =
  only.length > 0 ? allCases.filter(({ title }) => only.some((part) => title.includes(part))) : allCases;
const own = env.ENGINE_URL ? null : await startEmbeddedEngine();
const target = own?.target ?? {
  url: env.ENGINE_URL ?? "",
  kind: env.ENGINE_KIND,
  ...(env.INNGEST_SIGNING_KEY && { signingKey: env.INNGEST_SIGNING_KEY }),
  ...(env.INNGEST_SIGNING_KEY_FALLBACK && { olderKey: env.INNGEST_SIGNING_KEY_FALLBACK }),
  ...(env.INNGEST_EVENT_KEY && { eventKey: env.INNGEST_EVENT_KEY }),
};

const all: Result[] = [];
for (const checkpointing of [true, false]) {
  process.stdout.write(`\n${checkpointing ? "With checkpointing" : "One request for each step"}\n`);
  const report = ({ title, error, seconds }: Result): void => {
    process.stdout.write(
      `  ${error ? "✗" : "✓"} ${title} (${seconds.toFixed(1)} s)${error ? `\n      ${error.message}` : ""}\n`,
    );
  };
  all.push(...(await runSuite(target, cases, { checkpointing, report })));
}
await own?.stop();
const failed = all.filter(({ error }) => error).length;
process.stdout.write(`\n${all.length - failed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
