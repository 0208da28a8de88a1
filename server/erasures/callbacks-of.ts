import { type SQL, sql } from "drizzle-orm";
import { plainName } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import type { Words } from "./words";

/**
 * Whether a row of `callback_requests` is the persons': theirs by id; of nobody, but with an address that only they have; or of
 * nobody, from a number that a family shares, under their name. A living namesake on that number keeps such a request: it may be
 * theirs.
 */
export function callbacksOf(ctx: Context, words: Words): SQL {
  const { ids, phones, emails, sharedPhones, names } = words;
  const texts = (values: string[]) => sql`any(${sql.param(values)}::text[])`;
  const name = plainName(sql`callback_requests.customer_name`);
  // Made plain by the database on both sides: JavaScript knows other capitals and spaces.
  const plainNames = sql`select ${plainName(sql`n`)} from unnest(${sql.param(names)}::text[]) as n`;
  return sql`callback_requests.workspace_id = ${ctx.workspaceId} and (
    callback_requests.customer_id = any(${sql.param(ids)}::uuid[]) or (callback_requests.customer_id is null and (
      callback_requests.phone = ${texts(phones)} or lower(btrim(callback_requests.email)) = ${texts(emails)}
      or (callback_requests.phone = ${texts(sharedPhones)} and ${name} in (${plainNames})
        and not exists (select from customers o where o.workspace_id = ${ctx.workspaceId}
          and o.phone = callback_requests.phone and o.id <> all(${sql.param(ids)}::uuid[]) and o.erased_at is null
          and ${plainName(sql`o.name`)} = ${name})))))`;
}
