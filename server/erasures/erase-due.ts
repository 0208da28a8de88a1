import { sql } from "drizzle-orm";
import { hotSql } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { cancelCallback } from "@/server/callbacks";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { loggerFor } from "@/server/platform/logger";
import { callbacksOf } from "./callbacks-of";
import { erasePerson } from "./erase-person";
import { forgetFiles } from "./forget-files";
import { wordsOf } from "./words";

const MOST_AT_ONCE = 50;
const log = loggerFor("erasures");

type Due = { workspace_id: string; customer_id: string };

/**
 * Carries out erasures that came due, in every workspace, and looks again at those of some minutes ago. Each person is a
 * transaction of its own, so that a stop in between leaves whole persons done; one that fails does not hold up the others.
 * Returns how many were due; asked again until it is none.
 * @throws the first failure, after the others were carried out
 */
export async function eraseDue(): Promise<number> {
  const due = await hotSql()<Due[]>`select workspace_id, customer_id from due_erasures(${MOST_AT_ONCE})`;
  const failures: unknown[] = [];
  for (const { workspace_id, customer_id } of due)
    await erase(systemContext(workspace_id), customer_id).catch((error: Error) => {
      log.error(
        { customerId: customer_id, message: error.message },
        "an erasure failed and will be tried again",
      );
      failures.push(error);
    });
  if (failures.length > 0) throw failures[0];
  return due.length;
}

async function erase(ctx: Context, customerId: string): Promise<void> {
  // Files first: bytes of a row that is gone would be found by nobody.
  await forgetFiles(ctx, customerId);
  await endCallbacks(ctx, customerId);
  await erasePerson(ctx, customerId);
}

/** Nobody is to ring a person who asked to be forgotten; the requests end as others do, with their clocks. */
async function endCallbacks(ctx: Context, customerId: string): Promise<void> {
  const open = await withTransaction(ctx, async (tx) => {
    const words = await wordsOf(tx, ctx, [customerId]);
    return tx.execute<{ id: string }>(sql`
      select id from callback_requests where closed_at is null and ${callbacksOf(ctx, words)}`);
  });
  for (const { id } of open)
    await cancelCallback(ctx, { callbackId: id, reason: "other" }).catch((error: unknown) => {
      // An agent closed it at this moment: it has ended, which is what was wanted.
      if (!(error instanceof AppError && error.code === "CONFLICT")) throw error;
    });
}
