import { and, eq } from "drizzle-orm";
import { attributeDefinitions } from "@/db/schema/attributes";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { refusingTaken } from "@/server/platform/taken";

/** The definition, locked until the transaction ends. @throws AppError NOT_FOUND */
export async function lockAttribute(tx: Transaction, ctx: Context, attributeId: string) {
  const [row] = await tx
    .select()
    .from(attributeDefinitions)
    .where(
      and(
        eq(attributeDefinitions.workspaceId, ctx.workspaceId),
        eq(attributeDefinitions.id, parseId(attributeId)),
      ),
    )
    .for("update");
  return required(row, "attribute");
}

/** Waits for an insert; a key that stands already becomes a sentence. @throws AppError CONFLICT */
export const refuseTakenKey = <T>(write: PromiseLike<T>): Promise<T> =>
  refusingTaken(
    {
      attribute_definitions_key: {
        message: "Another attribute has this key already. Choose another, or restore the archived one.",
        field: "key",
      },
    },
    write,
  );
