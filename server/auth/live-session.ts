import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { Role } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";
import type { SignedIn } from "./signed-in";

type Row = {
  session_id: string;
  user_id: string;
  user_name: string;
  user_email: string | null;
  workspace_id: string;
  workspace_name: string;
  workspace_slug: string;
  time_zone: string;
  locale: string;
  currency: string;
  is_demo: boolean;
  membership_id: string;
  role: Role;
  is_approver: boolean;
};

/**
 * Who a session is, in one statement: null when it was revoked or has expired, when the user is disabled, or when the
 * membership in its workspace ended. Notes the visit at most once a minute.
 */
export async function findLiveSession(sessionId: string): Promise<SignedIn | null> {
  if (!isId(sessionId)) return null;
  const [row] = await database().execute<Row>(sql`select * from live_session(${sessionId}::uuid)`);
  if (!row) return null;
  return {
    sessionId: row.session_id,
    user: { id: row.user_id, name: row.user_name, email: row.user_email },
    workspace: {
      id: row.workspace_id,
      name: row.workspace_name,
      slug: row.workspace_slug,
      timeZone: row.time_zone,
      locale: row.locale,
      currency: row.currency,
      isDemo: row.is_demo,
    },
    membershipId: row.membership_id,
    role: row.role,
    isApprover: row.is_approver,
  };
}
