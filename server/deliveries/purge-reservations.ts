import { hotSql } from "@/db/client";

/**
 * Deletes reservations of every workspace that no frequency cap looks back to any more (older than 91 days; a cap looks back
 * at most 90), at most 10,000 at a time. Returns how many; more may be left when there were any.
 */
export async function purgeReservations(): Promise<number> {
  const [row] = await hotSql()<{ gone: number }[]>`select purge_sending_reservations()::int as gone`;
  return row?.gone ?? 0;
}
