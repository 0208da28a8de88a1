import { sql } from "drizzle-orm";
import { hotSql } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { cancelCallback } from "@/server/callbacks";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { loggerFor } from "@/server/platform/logger";
import { erasePerson } from "./erase-person";
import { forgetFiles } from "./forget-files";

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

/**
 * Nobody is to ring a person who asked to be forgotten; the requests end as others do, with their clocks. Of a number that a
 * family shares, what nobody was named for stays: it may be another one's.
 */
async function endCallbacks(ctx: Context, customerId: string): Promise<void> {
  const open = await withTransaction(ctx, (tx) =>
    tx.execute<{ id: string }>(sql`
      select r.id from callback_requests r join customers c on c.id = ${customerId} and c.workspace_id = r.workspace_id
      where r.workspace_id = ${ctx.workspaceId} and r.closed_at is null
        and (r.customer_id = c.id or (r.customer_id is null and r.phone = c.phone
          and not exists (select from customers o where o.workspace_id = c.workspace_id and o.id <> c.id
            and o.phone = c.phone and o.erased_at is null)))`),
  );
  for (const { id } of open)
    await cancelCallback(ctx, { callbackId: id, reason: "other" }).catch((error: unknown) => {
      // An agent closed it at this moment: it has ended, which is what was wanted.
      if (!(error instanceof AppError && error.code === "CONFLICT")) throw error;
    });
}
