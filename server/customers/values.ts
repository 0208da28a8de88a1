import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import { type AttributeValues, parseAttributeValue } from "@/server/attributes/schemas";
import { KEPT_OUT, type Keys, whoIsKeptOut } from "@/server/erasures";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { isId } from "@/server/platform/ids";
import { refusingTaken } from "@/server/platform/taken";
import { requireAddress } from "./addresses";
import type { CustomerFields } from "./schemas";

export type Columns = Partial<Omit<CustomerFields, "attributes">>;

/** Blank is null, addresses in their one spelling. A changed address must be one; an unchanged bad one may stay. */
export function columnsOf<Given extends Partial<CustomerFields>>({
  attributes: _,
  ...given
}: Given): Omit<Given, "attributes"> {
  const clean: Columns = given;
  for (const field of ["externalId", "city", "birthDate", "advisorId"] as const)
    if (clean[field] === "") clean[field] = null;
  for (const field of ["phone", "email"] as const)
    if (field in clean) clean[field] = requireAddress(field, clean[field]);
  return given;
}

/**
 * Texts as values of the defined attributes; null where the value is to go.
 * @throws AppError BAD_INPUT for an attribute that nobody defined, or a text that is no value of it
 */
export async function readAttributeTexts(
  tx: Transaction,
  ctx: Context,
  texts: Record<string, string>,
): Promise<AttributeValues> {
  const entries = Object.entries(texts);
  if (entries.length === 0) return {};
  const definitions = new Map((await readAttributes(tx, ctx)).map((each) => [each.key, each]));
  return Object.fromEntries(
    entries.map(([key, text]) => {
      const definition = definitions.get(key);
      if (!definition)
        throw new AppError("BAD_INPUT", `There is no attribute “${key}”. Define it under Settings first.`, {
          field: `attributes.${key}`,
        });
      const result = parseAttributeValue(definition, text);
      if (!result.ok) throw new AppError("BAD_INPUT", result.reason, { field: `attributes.${key}` });
      return [key, result.value];
    }),
  );
}

/** @throws AppError BAD_INPUT unless the membership is an active advisor's of this workspace */
export async function requireAdvisor(tx: Transaction, ctx: Context, membershipId: string): Promise<void> {
  const rows = isId(membershipId)
    ? await tx.execute(sql`
        select 1 from memberships where workspace_id = ${ctx.workspaceId} and id = ${membershipId}
          and role = 'advisor' and status = 'active'`)
    : [];
  if (rows.length === 0)
    throw new AppError("BAD_INPUT", "This person is no advisor of this workspace any more.", {
      field: "advisorId",
    });
}

/** An address of somebody who was erased comes back by nobody's hand. @throws AppError CONFLICT */
export async function refuseErased(tx: Transaction, ctx: Context, keys: Keys): Promise<void> {
  const [erased] = await whoIsKeptOut(tx, ctx, [keys]);
  if (erased) throw new AppError("CONFLICT", KEPT_OUT, { field: keys.phone ? "phone" : "email" });
}

/** Waits for a write; an external id that another customer has becomes a sentence. @throws AppError CONFLICT */
export const refuseTaken = <T>(write: PromiseLike<T>): Promise<T> =>
  refusingTaken(
    {
      customers_external_id_key: {
        message: "Another customer has this external id already.",
        field: "externalId",
      },
    },
    write,
  );
