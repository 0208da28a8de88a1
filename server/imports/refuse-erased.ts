import type { Transaction } from "@/db/transaction";
import { KEPT_OUT, whoIsKeptOut } from "@/server/erasures";
import type { Context } from "@/server/platform/context";
import type { Chunk } from "./chunks";
import type { World } from "./look-up";
import type { ReadRow } from "./parse-row";

/**
 * The chunk without rows that would bring an erased person back. A row of somebody who is there is theirs, whatever it has in
 * common. The cells of what is refused are not kept: they are what was to be forgotten.
 */
export async function refuseErased(
  tx: Transaction,
  ctx: Context,
  chunk: Chunk,
  world: World,
): Promise<Chunk> {
  const erased = await whoIsKeptOut(
    tx,
    ctx,
    chunk.accepted.map(({ row }) => ({ ...row, policyNumber: row.policy?.number ?? null })),
  );
  if (!erased.includes(true)) return chunk;
  const isThere = livingAmong(world);
  const refused = chunk.accepted.filter((each, at) => erased[at] && !isThere(each));
  return {
    ...chunk,
    accepted: chunk.accepted.filter((each) => !refused.includes(each)),
    rejected: [
      ...chunk.rejected,
      ...refused.map(({ row }) => ({ rowNumber: row.rowNumber, reason: KEPT_OUT, cells: [] })),
    ],
  };
}

function livingAmong({ known }: World): (each: ReadRow) => boolean {
  const having = (key: "externalId" | "phone" | "email") => new Set(known.map((customer) => customer[key]));
  const [externalIds, phones, emails] = [having("externalId"), having("phone"), having("email")];
  return ({ row }) =>
    row.externalId !== null
      ? externalIds.has(row.externalId)
      : (row.phone !== null && phones.has(row.phone)) || (row.email !== null && emails.has(row.email));
}
