import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import { AppError } from "@/server/platform/errors";
import { formContext, type Submitted, takeForm } from "../public-form";
import { type WidgetInput, widgetInput } from "../schemas";
import { requestTypes } from "../status";
import { newPass, readPass, workspaceOfKey } from "./keys";

/** Who asks: the key in the snippet, and the page's origin as its browser names it. `own`: our own page, which shows a preview. */
export type WidgetCaller = { key: string; origin: string | null; own: boolean };

export type WidgetForm = { company: string; topics: [key: string, label: string][]; token: string };

/** The form for a page of the company's; null for a key that is none, or a page that may not show it. */
export async function openWidget(caller: WidgetCaller): Promise<WidgetForm | null> {
  const workspaceId = workspaceOfKey(caller.key);
  if (!workspaceId) return null;
  return withTransaction(formContext(workspaceId), async (tx) => {
    const company = await readCompany(tx, workspaceId, caller);
    if (company === null) return null;
    return {
      company,
      topics: Object.entries(requestTypes).map(([key, { label }]) => [key, label]),
      token: newPass({ key: caller.key, origin: caller.origin ?? "" }, await readClock(tx)),
    };
  });
}

/**
 * Takes the sent form: a request like any other, so repeats merge, and the same form again is one. Null for a key or a page that
 * may not. @throws AppError BAD_INPUT for a number that cannot be called; FORBIDDEN `pass_over` when the form was opened too long ago
 */
export async function submitWidget(caller: WidgetCaller, input: WidgetInput): Promise<Submitted | null> {
  const workspaceId = workspaceOfKey(caller.key);
  if (!workspaceId || caller.origin === null) return null;
  const { token, ...asked } = widgetInput.parse(input);
  const ctx = formContext(workspaceId);
  const pass = { key: caller.key, origin: caller.origin };
  const opened = await withTransaction(ctx, async (tx) =>
    (await readCompany(tx, workspaceId, { ...caller, own: false })) === null
      ? null
      : { nonce: readPass(token, pass, await readClock(tx)) },
  );
  if (!opened) return null;
  if (opened.nonce === null)
    throw new AppError("FORBIDDEN", "The form was open for too long. Close it and open it again.", {
      code: "pass_over",
    });
  return takeForm(ctx, { source: "widget", sourceKey: opened.nonce, ...asked });
}

async function readCompany(
  tx: Transaction,
  workspaceId: string,
  { key, origin, own }: WidgetCaller,
): Promise<string | null> {
  const [row] = await tx.execute<{ company: string }>(sql`
    select coalesce(nullif(w.branding ->> 'companyName', ''), w.name) as company
    from callback_widgets g join workspaces w on w.id = g.workspace_id
    where g.workspace_id = ${workspaceId} and g.key = ${key}
      and (${own} or (g.enabled and ${origin}::text = any(g.origins)))`);
  return row?.company ?? null;
}
