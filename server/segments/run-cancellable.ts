import { cancelStatement } from "@/db/pool";
import { withHotTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";

type Work = {
  text: string;
  values: readonly unknown[];
  /** Stops the statement in the database, not only the waiting for it. */
  signal?: AbortSignal | undefined;
  /** `look-ups`: for a sample, whose few rows are looked up one by one rather than joined with whole tables. */
  plan?: "look-ups" | undefined;
};

const LONGEST_MS = 30_000;
// Compiling a plan takes longer than a segment. Without memory for hashes, an EXISTS below OR is looked up, too.
const settings = { jit: "off", statement_timeout: String(LONGEST_MS) };
const lookUps = {
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  max_parallel_workers_per_gather: "0",
  work_mem: "64kB",
  hash_mem_multiplier: "1",
};

/**
 * Runs one reading statement, which ends in the database when the signal says so: somebody who types on has no use for the
 * count of what stood there before.
 * @throws AppError UNAVAILABLE when it takes longer than half a minute; the signal's reason when it was stopped
 */
export async function runCancellable<Row extends object>(ctx: Context, work: Work): Promise<Row[]> {
  const { text, values, signal, plan } = work;
  signal?.throwIfAborted();
  try {
    return await withHotTransaction(ctx.workspaceId, async (sql) => {
      const wanted = Object.entries(plan ? { ...settings, ...lookUps } : settings);
      await sql`select set_config(name, value, true) from unnest(${wanted.map(([name]) => name)}::text[],
        ${wanted.map(([, value]) => value)}::text[]) as t(name, value)`;
      signal?.throwIfAborted();
      const query = sql.unsafe<Row[]>(text, values as never[]);
      let cancelling: Promise<void> | null = null;
      const cancel = () => {
        // A request that does not get through leaves the statement to its time limit.
        cancelling = cancelStatement(query).catch(() => undefined);
      };
      signal?.addEventListener("abort", cancel, { once: true });
      try {
        return [...(await query)];
      } finally {
        signal?.removeEventListener("abort", cancel);
        // A cancellation that is under way must not hit the connection's next statement.
        await cancelling;
      }
    });
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as { code?: string }).code === "57014")
      throw new AppError(
        "UNAVAILABLE",
        "Counting took too long. Make the rule narrower, or try again later.",
      );
    throw error;
  }
}
