import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import { imports } from "@/db/schema/imports";
import { users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { parseId } from "@/server/platform/ids";
import type { ListImportsInput } from "./schemas";
import { importers } from "./status";

const ROWS_A_PAGE = 25;

/** Imports of the workspace, newest first. `previous` and `next` are cursors, null at the ends. */
export async function listImports(ctx: Context, input: ListImportsInput) {
  requireRole(ctx, ...importers);
  const backwards = input.before !== undefined;
  const cursor = input.before ?? input.after;
  const found = await withTransaction(ctx, (tx) =>
    tx
      .select({
        id: imports.id,
        fileName: imports.fileName,
        fileBytes: imports.fileBytes,
        status: imports.status,
        rowsTotal: imports.rowsTotal,
        rowsRead: imports.rowsRead,
        rowsCreated: imports.rowsCreated,
        rowsUpdated: imports.rowsUpdated,
        rowsUnchanged: imports.rowsUnchanged,
        rowsRejected: imports.rowsRejected,
        createdAt: imports.createdAt,
        createdBy: users.name,
      })
      .from(imports)
      .leftJoin(users, eq(users.id, imports.createdBy))
      .where(
        and(
          eq(imports.workspaceId, ctx.workspaceId),
          cursor === undefined ? undefined : (backwards ? gt : lt)(imports.id, parseId(cursor)),
        ),
      )
      .orderBy(backwards ? asc(imports.id) : desc(imports.id))
      .limit(ROWS_A_PAGE + 1),
  );
  const more = found.length > ROWS_A_PAGE;
  const page = found.slice(0, ROWS_A_PAGE);
  const rows = backwards ? page.reverse() : page;
  const hasPrevious = backwards ? more : input.after !== undefined;
  const hasNext = backwards ? true : more;
  return {
    rows,
    previous: hasPrevious ? (rows[0]?.id ?? null) : null,
    next: hasNext ? (rows.at(-1)?.id ?? null) : null,
  };
}

export type ImportLine = Awaited<ReturnType<typeof listImports>>["rows"][number];
