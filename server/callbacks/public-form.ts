import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { parsePhone } from "@/server/customers";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { customerUrl, readFormToken } from "./links";
import { requestIn } from "./request";
import { type CallMeInput, callMeInput } from "./schemas";

/** The acts of strangers are told apart from those of members by the actor. */
export const formContext = (workspaceId: string): Context => ({
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
export type Submitted = { page: string | null };

/**
 * What somebody wrote into the public form becomes a request like any other: repeats merge. Only the post that opened the
 * request is led to its page, where the time can be chosen: a number proves nothing about who wrote it, so whoever asks for
 * a number that waits already learns and changes nothing. Null for a link that is none of ours.
 * @throws AppError BAD_INPUT for a number that cannot be called
 */
export async function submitCallMe(token: string, input: CallMeInput): Promise<Submitted | null> {
  const link = readFormToken(token);
  if (!link) return null;
  const { key, ...asked } = callMeInput.parse(input);
  return takeForm(formContext(link.workspaceId), { source: "form", sourceKey: key, ...asked });
}

type Form = {
  source: "form" | "widget";
  /** Of the sent form: sent twice, it is one ask. */
  sourceKey: string;
  name: string;
  phone: string;
  about: string;
  words: string;
};

/** What a stranger wrote, on our page or on the company's own. @throws AppError BAD_INPUT for a number that cannot be called */
export async function takeForm(ctx: Context, form: Form): Promise<Submitted> {
  const phone = parsePhone(form.phone);
  if (!phone.ok) throw new AppError("BAD_INPUT", phone.reason, { field: "phone" });
  const { source, sourceKey } = form;
  return withTransaction(ctx, async (tx) => {
    const { id } = await requestIn(tx, ctx, {
      customerName: form.name,
      phone: phone.value,
      requestType: form.about,
      description: form.words,
      source,
      sourceKey,
    });
    const [first] = await tx.execute<{ mine: boolean }>(sql`
      select source = ${source} and source_key = ${sourceKey} as mine from callback_asks
      where workspace_id = ${ctx.workspaceId} and callback_id = ${id} order by id limit 1`);
    return { page: first?.mine ? customerUrl(ctx.workspaceId, id) : null };
  });
}
