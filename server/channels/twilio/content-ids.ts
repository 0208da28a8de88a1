import { withHotTransaction } from "@/db/transaction";

/** Twilio's ids (HX…) of an account's templates, by name and language: what the Content API sends by. */
export async function contentIds(workspaceId: string, accountId: string): Promise<Map<string, string>> {
  const rows = await withHotTransaction(
    workspaceId,
    (sql) => sql<{ name: string; language: string; id: string }[]>`
      select name, language, provider_id as id from whatsapp_templates
      where workspace_id = ${workspaceId} and account_id = ${accountId} and provider_id is not null`,
  );
  return new Map(rows.map(({ name, language, id }) => [`${name} ${language}`, id]));
}
