import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { parsePhone } from "@/server/customers";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { customerUrl, readFormToken } from "./links";
import { requestIn } from "./request";
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

/** `page`: the address of the request's own page, for who opened it; null for who asked about a number that waits already. */
type Submitted = { page: string | null };

/**
 * What somebody wrote into the public form becomes a request like any other: repeats merge. Only the post that opened the
 * request is led to its page, where the time can be chosen: a number proves nothing about who wrote it, so whoever asks for
 * a number that waits already learns and changes nothing. Null for a link that is none of ours.
 * @throws AppError BAD_INPUT for a number that cannot be called
 */
export async function submitCallMe(token: string, input: CallMeInput): Promise<Submitted | null> {
  const link = readFormToken(token);
  if (!link) return null;
  const asked = callMeInput.parse(input);
  const phone = parsePhone(asked.phone);
  if (!phone.ok) throw new AppError("BAD_INPUT", phone.reason, { field: "phone" });
  const ctx = formContext(link.workspaceId);
  return withTransaction(ctx, async (tx) => {
    const { id } = await requestIn(tx, ctx, {
      customerName: asked.name,
      phone: phone.value,
      requestType: asked.about,
      description: asked.words,
      source: "form",
      sourceKey: asked.key,
    });
    const [first] = await tx.execute<{ mine: boolean }>(sql`
      select source = 'form' and source_key = ${asked.key} as mine from callback_asks
      where workspace_id = ${ctx.workspaceId} and callback_id = ${id} order by id limit 1`);
    return { page: first?.mine ? customerUrl(link.workspaceId, id) : null };
  });
}
