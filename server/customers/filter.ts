import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";
import { like } from "@/server/platform/like";
import { living, ruleCondition } from "@/server/segments";
import { requireAddress } from "./addresses";
import type { CustomerFilters } from "./schemas";
import { inScope } from "./scope";

const among = (column: SQL, values: readonly string[]): SQL =>
  sql`${column} = any(${sql.param([...values])}::text[])`;
const anyOf = (parts: SQL[]): SQL => sql`(${sql.join(parts, sql` or `)})`;

/** A phone is found however it is typed: digits only, without the leading zero. */
function pattern(search: string): string {
  const digits = search.replace(/[\s()\-.]/g, "");
  const typed = /^\+?\d{4,}$/.test(digits) ? digits.replace(/^0+/, "") : search;
  return like(typed);
}

/**
 * The customers (`c`) whom a typed text finds. Somebody who reads addresses masked finds them only whole: by parts, they could be guessed
 * digit by digit.
 */
export function found(search: string, masked: boolean): SQL {
  const typed = pattern(search);
  const any = sql`c.id in (select customers_like(${typed}))`;
  if (!masked) return any;
  const digits = search.replace(/[\s()\-.]/g, "");
  return sql`${any} and (lower(c.name) like ${typed} or lower(c.external_id) like ${typed}
    or lower(c.email) = ${search.toLowerCase()} or c.phone in (${digits}, ${`+91${digits.replace(/^(\+?91|0)/, "")}`}))`;
}

const NONE = "none";

/** One of some values, where `none` asks for customers without any. */
function orNone(column: SQL, values: readonly string[], usable: (value: string) => boolean): SQL {
  const some = among(sql`${column}::text`, values.filter(usable));
  return values.includes(NONE) ? sql`(${column} is null or ${some})` : some;
}

/** `email:granted`, `sms:none`: what the states of consent say about promotion on a channel. */
function consentIs(filter: string): SQL {
  const [channel = "", state] = filter.split(":");
  const row = sql`select from consent_states s where s.workspace_id = c.workspace_id and s.customer_id = c.id
    and s.channel = ${channel} and s.purpose = 'promotional'`;
  if (state === NONE) return sql`not exists (${row})`;
  return sql`exists (${row} and s.granted = ${state === "granted"})`;
}

/** Values of one attribute mean any of them, different attributes all of them. */
function attributesAre(filters: readonly string[]): SQL[] {
  const byKey = new Map<string, string[]>();
  for (const filter of filters) {
    const at = filter.indexOf(":");
    const key = filter.slice(0, at);
    if (at > 0) byKey.set(key, [...(byKey.get(key) ?? []), filter.slice(at + 1)]);
  }
  return [...byKey].map(([key, values]) => among(sql`c.attributes ->> ${key}`, values));
}

/** Whole keys. @throws AppError BAD_INPUT for what is no address, naming the field */
function hasExactly({ externalId, phone, email }: NonNullable<CustomerFilters["exactly"]>): SQL[] {
  return [
    ...(externalId ? [sql`c.external_id = ${externalId}`] : []),
    ...(phone ? [sql`c.phone = ${requireAddress("phone", phone)}`] : []),
    ...(email ? [sql`lower(c.email) = ${requireAddress("email", email)}`] : []),
  ];
}

/** Any of some segments. An id that is none selects nobody, and so does a list of them. @throws AppError CONFLICT for one that is gone */
async function inSegments(tx: Transaction, ctx: Context, ids: readonly string[]): Promise<SQL> {
  const usable = [...new Set(ids)].filter(isId);
  if (usable.length === 0) return sql`false`;
  const of = usable.map((segment) => ({ on: "segment" as const, segment, in: true }));
  const condition = await ruleCondition(tx, ctx, { match: "any", of }, { shape: "many" });
  return sql`${living(ctx)} and ${condition}`;
}

/**
 * The condition on customers (`c`) that the filters make, within what the person may see, as everything stands in this
 * transaction: run it there.
 */
export async function matching(
  tx: Transaction,
  ctx: Context,
  { filters, masked }: { filters: CustomerFilters; masked: boolean },
): Promise<SQL> {
  const { search, tier, language, city, email, stop, tag, segment, advisor, consent, attribute, exactly } =
    filters;
  const parts = [inScope(ctx)];
  if (search) parts.push(found(search, masked));
  if (tier.length > 0) parts.push(among(sql`c.tier`, tier));
  if (language.length > 0) parts.push(among(sql`c.language`, language));
  if (city.length > 0) parts.push(among(sql`c.city`, city));
  if (email.length === 1) parts.push(email[0] === "yes" ? sql`c.email is not null` : sql`c.email is null`);
  if (stop.length > 0) parts.push(orNone(sql`c.stop_state`, stop, () => true));
  if (tag.length > 0) parts.push(sql`c.id in (select customers_tagged(${sql.param([...tag])}::text[]))`);
  if (segment.length > 0) parts.push(await inSegments(tx, ctx, segment));
  if (advisor.length > 0) parts.push(orNone(sql`c.advisor_id`, advisor, isId));
  if (consent.length > 0) parts.push(anyOf(consent.map(consentIs)));
  parts.push(...attributesAre(attribute));
  if (exactly) parts.push(...hasExactly(exactly));
  return sql.join(parts, sql` and `);
}
