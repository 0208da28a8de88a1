import type { Sql } from "postgres";
import { newId } from "@/server/platform/ids";

/** Waiting requests, the first the most urgent, each of a number of its own; made with the owner's connection. */
export async function makeRequests(owner: Sql, workspaceId: string, count: number, from = 0): Promise<void> {
  const ids = Array.from({ length: count }, () => newId());
  await owner`
    insert into callback_requests (id, workspace_id, phone, request_type, source, sum, priority, order_key, not_before,
      created_at)
    select id, ${workspaceId}, '+9198' || lpad((${from}::int + n)::text, 8, '0'), 'policy_issue', 'api', 110, 'high', 1000 - ${from}::int - n,
      clock_now(), clock_now()
    from unnest(${ids}::uuid[]) with ordinality as r(id, n)`;
}
