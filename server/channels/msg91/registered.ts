import { withHotTransaction } from "@/db/transaction";

export type Registered = {
  /** MSG91's own id of the text; one without is known there by its DLT id. */
  flow: string;
  text: string;
};

/** The active texts of an entity's registry, by their DLT template id. */
export async function registeredTexts(
  workspaceId: string,
  entityId: string,
): Promise<Map<string, Registered>> {
  const rows = await withHotTransaction(
    workspaceId,
    (sql) => sql<{ id: string; flow: string; text: string }[]>`
      select template_id as id, coalesce(provider_id, template_id) as flow, text from dlt_templates
      where workspace_id = ${workspaceId} and entity_id = ${entityId} and status = 'active'`,
  );
  return new Map(rows.map(({ id, ...registered }) => [id, registered]));
}
