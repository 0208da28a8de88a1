import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { parsePhone } from "@/server/customers";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { customerUrl, readFormToken } from "./links";
import { requestCallback } from "./request";
import { type CallMeInput, callMeInput } from "./schemas";

const formContext = (workspaceId: string): Context => ({
  ...systemContext(workspaceId),
  actor: { kind: "customer", id: null },
});

/** Whose form a signed link opens; null for a link that is none of ours. */
export async function getCallMeForm(token: string): Promise<{ companyName: string } | null> {
  const link = readFormToken(token);
  if (!link) return null;
  return withTransaction(formContext(link.workspaceId), async (tx) => {
    const [row] = await tx.execute<{ companyName: string }>(sql`
      select coalesce(nullif(branding ->> 'companyName', ''), name) as "companyName" from workspaces
      where id = ${link.workspaceId}`);
    return row ?? null;
  });
}

/**
 * What somebody wrote into the public form becomes a request like any other: repeats merge. Answers the address of its page,
 * where the time can be chosen; null for a link that is none of ours.
 * @throws AppError BAD_INPUT for a number that cannot be called
 */
export async function submitCallMe(token: string, input: CallMeInput): Promise<string | null> {
  const link = readFormToken(token);
  if (!link) return null;
  const asked = callMeInput.parse(input);
  const phone = parsePhone(asked.phone);
  if (!phone.ok) throw new AppError("BAD_INPUT", phone.reason, { field: "phone" });
  const { id } = await requestCallback(formContext(link.workspaceId), {
    customerName: asked.name,
    phone: phone.value,
    requestType: asked.about,
    description: asked.words,
    source: "form",
    sourceKey: asked.key,
  });
  return customerUrl(link.workspaceId, id);
}
