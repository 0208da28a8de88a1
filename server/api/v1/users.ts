import { z } from "zod";
import { getViewer } from "@/server/auth/viewer";
import { required } from "@/server/platform/errors";
import { listMembers } from "@/server/workspaces/list-members";
import { roleKeys } from "@/server/workspaces/roles";
import { counted } from "./counted";
import { operation } from "./operation";
import { place } from "./place";

const user = z.object({
  user_id: z.uuid(),
  /** The membership: callbacks are given to it. */
  member_id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  phone_number: z.string().nullable(),
  role: z.enum(roleKeys),
  is_approver: z.boolean(),
});

export const getUsers = operation({
  id: "listUsers",
  method: "GET",
  path: "/users",
  scope: "users:read",
  roles: ["admin"],
  summary: "List the members of the workspace in the order of joining",
  status: 200,
  paged: true,
  query: place.extend({
    cursor: z.uuid("Give the next_cursor of a page.").optional(),
    search: z.string().trim().max(120).optional(),
  }),
  data: z.array(
    user.extend({
      teams: z.array(z.string()),
      status: z.literal("active"),
      member_since: z.string(),
      last_seen_at: z.string().nullable(),
    }),
  ),
  handle: async ({ ctx, query: { search, cursor, limit } }) => {
    const page = await listMembers(ctx, { search: search ?? "", after: cursor ?? null }, limit);
    const data = page.rows.map((row) => ({
      user_id: row.userId,
      member_id: row.id,
      name: row.name,
      email: row.email,
      phone_number: row.phone,
      role: row.role,
      is_approver: row.isApprover,
      teams: row.teams,
      status: "active" as const,
      member_since: row.since.toISOString(),
      last_seen_at: row.lastSeenAt?.toISOString() ?? null,
    }));
    return { data, total: page.total, next_cursor: page.next, message: `${counted(page.total, "member")}.` };
  },
});

export const getMe = operation({
  id: "getMe",
  method: "GET",
  path: "/users/me",
  scope: null,
  roles: roleKeys,
  summary: "Who signed in, in which workspace and as what",
  status: 200,
  data: user.extend({ workspace_id: z.uuid(), workspace_name: z.string(), time_zone: z.string() }),
  handle: async ({ signedIn }) => {
    const own = required(signedIn, "session");
    const { email, phone } = await getViewer(own);
    const data = {
      user_id: own.user.id,
      member_id: own.membershipId,
      name: own.user.name,
      email,
      phone_number: phone,
      role: own.role,
      is_approver: own.isApprover,
      workspace_id: own.workspace.id,
      workspace_name: own.workspace.name,
      time_zone: own.workspace.timeZone,
    };
    return { data, message: "This is who signed in." };
  },
});
