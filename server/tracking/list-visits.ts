import { withHotTransaction } from "@/db/transaction";
import { decodePublicId } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";

/** One thing that was done with a message. */
export type VisitLine = {
  kind: "opened" | "clicked" | "unsubscribed";
  /** The rule that made it a machine's; null for a person's. */
  rule: string | null;
  /** True for the one that the figures count. */
  counted: boolean;
  link: number | null;
  at: Date;
};

const MOST = 20;

/** What was done with a message, oldest first; empty for an id that is not this workspace's. */
export async function listVisits(ctx: Context, publicId: string): Promise<VisitLine[]> {
  const key = decodePublicId(publicId);
  if (!key) return [];
  const rows = await withHotTransaction(
    ctx.workspaceId,
    (sql) => sql<VisitLine[]>`
      select kind, detail ->> 'rule' as rule, first as counted, link, occurred_at as at from delivery_events
      where part = ${key.part} and run_number = ${key.runNumber} and seq = ${key.seq}
        and kind in ('opened', 'clicked', 'unsubscribed') and not (detail ? 'implied' and not first)
      order by occurred_at, kind limit ${MOST}`,
  );
  return [...rows];
}
