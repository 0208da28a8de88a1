import { withHotTransaction } from "@/db/transaction";

/** MSG91's own ids of the registry's texts, by their DLT template id. A text without one is known there by its DLT id. */
export async function flowIds(workspaceId: string, entityId: string): Promise<Map<string, string>> {
  const rows = await withHotTransaction(
    workspaceId,
    (sql) => sql<{ id: string; flow: string }[]>`
      select template_id as id, coalesce(provider_id, template_id) as flow from dlt_templates
      where workspace_id = ${workspaceId} and entity_id = ${entityId} and status = 'active'`,
  );
  return new Map(rows.map(({ id, flow }) => [id, flow]));
}
