import { and, asc, eq } from "drizzle-orm";
import { dltTemplates } from "@/db/schema/channels";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { placesOf } from "./places";
import type { DltCategory } from "./read-file";

export type RegistryLine = {
  id: string;
  entityId: string;
  header: string;
  templateId: string;
  providerId: string | null;
  name: string;
  category: DltCategory;
  language: string;
  text: string;
  status: "active" | "inactive";
  /** Types of the places in the text, in order. */
  places: string[];
};

/** A registry has a few hundred texts; more than this are not shown. */
const MOST = 2_000;

/** The imported texts, active ones first, by name. */
export async function listRegistry(ctx: Context): Promise<RegistryLine[]> {
  const rows = await withTransaction(ctx, (tx) =>
    tx
      .select()
      .from(dltTemplates)
      .where(eq(dltTemplates.workspaceId, ctx.workspaceId))
      .orderBy(asc(dltTemplates.status), asc(dltTemplates.name), asc(dltTemplates.id))
      .limit(MOST),
  );
  return rows.map(({ workspaceId: _, importedAt: __, ...row }) => ({ ...row, places: placesOf(row.text) }));
}

/** Sets the provider's own id of a text (MSG91 gives each one its own); empty: it is known there by its DLT id. */
export async function setProviderId(
  ctx: Context,
  { registrationId, providerId }: { registrationId: string; providerId: string },
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .update(dltTemplates)
      .set({ providerId: providerId === "" ? null : providerId })
      .where(and(eq(dltTemplates.id, parseId(registrationId)), eq(dltTemplates.workspaceId, ctx.workspaceId)))
      .returning({ id: dltTemplates.id });
    await recordAudit(tx, ctx, {
      action: "dlt_registry.provider_id_set",
      subjectType: "dlt_template",
      subjectId: required(row, "registered text").id,
    });
    await bumpTopics(tx, ctx, "channels");
  });
}
