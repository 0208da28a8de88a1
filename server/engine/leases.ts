import type { Call } from "./call";
import { type Core, transaction } from "./core";

type Lease = Pick<Call, "id" | "generation">;

const nameOf = ({ id, generation }: Lease): string => `${id} ${generation}`;

/**
 * Frees leases of `owner` that it does not work on: a claim that committed while its answer was lost with the connection,
 * and calls in `unstored`, which were made (so they count as lost) but whose answer the database refused. `known` are the
 * calls that are out; nothing may be claimed for this owner meanwhile. Returns how many were freed.
 */
export async function freeUnknown(
  core: Core,
  owner: number,
  known: Lease[],
  unstored: Lease[],
): Promise<number> {
  const leased = await core.sql<
    Lease[]
  >`select id, generation from engine.job where owner = ${owner} and state = 'leased'`;
  const out = new Set(known.map(nameOf));
  if (leased.every((lease) => out.has(nameOf(lease)))) return 0;
  return transaction(core.sql, async (tx) => {
    // A lost claim that is about to commit holds this lock: after it, all that it took is seen.
    await tx`select pg_advisory_xact_lock(7288, 0)`;
    const column = (list: Lease[], key: keyof Lease): number[] => list.map((lease) => lease[key]);
    const { count } = await tx`
      update engine.job j set state = 'ready', owner = null, lost = lost + case when (j.id, j.generation) in (
          select * from unnest(${column(unstored, "id")}::bigint[], ${column(unstored, "generation")}::int[])
        ) then 1 else 0 end
      where owner = ${owner} and state = 'leased' and (j.id, j.generation) not in (
        select * from unnest(${column(known, "id")}::bigint[], ${column(known, "generation")}::int[]))`;
    return count;
  });
}
