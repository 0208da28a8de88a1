import type { Day } from "./days";
import { attributeKey, type Field, type PropertyType } from "./fields";
import { column, type Fragment, param, q } from "./fragment";
import type { Column } from "./operator";

const number = (value: number): Fragment => param(String(value), "numeric");
/** Major units to integer micro-units, exact to the second decimal. */
const micros = (value: number): Fragment =>
  param(String(BigInt(Math.round(value * 100)) * 10_000n), "bigint");
const text = (value: number | Day): Fragment => param(String(value), "text");
const date = (value: number | Day): Fragment => param(String(value), "date");
const none = q`null::int`;

/** The first moment of a day in a zone. */
export const midnight = (day: Day, zone: string): Fragment =>
  q`(${param(day, "date")}::timestamp at time zone ${param(zone, "text")})`;

/** A column of customers (`c`), policies (`p`), payments (`y`) … as its type. */
export function columnOf(table: string, { column: name, type }: Field, zone: string): Column {
  const value = column(table, name);
  switch (type) {
    case "number":
      return { value, literal: (each) => number(Number(each)), monthDay: none };
    case "money":
      return { value, literal: (each) => micros(Number(each)), monthDay: none };
    case "date":
    case "birthday":
      return {
        value,
        literal: date,
        monthDay: q`(extract(month from ${value}) * 100 + extract(day from ${value}))::int`,
      };
    case "instant":
      return instantColumn(value, zone);
    case "text":
      return { value: q`nullif(${value}, '')`, literal: text, monthDay: none };
    case "choice":
      return { value: name.endsWith("_id") ? q`${value}::text` : value, literal: text, monthDay: none };
    case "boolean":
    case "tags":
      return { value, literal: text, monthDay: none };
  }
}

/** An instant, compared by the first moments of days. */
export const instantColumn = (value: Fragment, zone: string): Column => ({
  value,
  literal: (day) => midnight(String(day), zone),
  monthDay: none,
});

/**
 * A value of a JSON object, read as a type; null where it is not of that type, so that one odd value cannot break a
 * statement. The key is a parameter like any other value.
 */
export function jsonColumn(object: Fragment, key: string, type: PropertyType | "choice"): Column {
  const raw = q`(${object} ->> ${param(key, "text")})`;
  switch (type) {
    case "number":
      return {
        value: q`(case when ${raw} ~ '^-?[0-9]{1,15}([.][0-9]{1,20})?$' then ${raw}::numeric end)`,
        literal: (each) => number(Number(each)),
        monthDay: none,
      };
    case "boolean":
      return {
        value: q`(case ${raw} when 'true' then true when 'false' then false end)`,
        literal: text,
        monthDay: none,
      };
    case "date": {
      // Days in this spelling are in the order of their letters.
      const value = q`(case when ${raw} ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' then ${raw} end collate "C")`;
      return { value, literal: text, monthDay: q`replace(substr(${value}, 6), '-', '')::int` };
    }
    case "text":
    case "choice":
      return { value: q`nullif(${raw}, '')`, literal: text, monthDay: none };
  }
}

/** A field of customers, built in or of the workspace's own. */
export function customerColumn(name: string, field: Field, zone: string): Column {
  const key = attributeKey(name);
  if (key === null) return columnOf("c", field, zone);
  const type = field.type === "birthday" ? "date" : field.type;
  return jsonColumn(q`c.attributes`, key, type as PropertyType | "choice");
}
