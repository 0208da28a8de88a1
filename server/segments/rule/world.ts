import type { Day } from "./days";
import type { Field } from "./fields";
import { ATTRIBUTE, attributeKey, customerFields } from "./fields";
import type { Rule } from "./model";
import type { FieldType } from "./operator";

/** A custom attribute as rules see it. */
export type Attribute = {
  label: string;
  type: "text" | "number" | "boolean" | "date" | "choice";
  options: readonly string[];
};

/** What a rule is checked against and told with: the workspace's own attributes, and names for ids. */
export type Names = {
  attributes: ReadonlyMap<string, Attribute>;
  segments: ReadonlyMap<string, string>;
  campaigns: ReadonlyMap<string, string>;
  advisors: ReadonlyMap<string, string>;
  currency: string;
  locale: string;
};

/** The ledger's places of a campaign's frozen runs. */
export type Runs = { parts: readonly number[]; runs: readonly number[] };

/** What a rule is compiled against, read in the transaction that runs it. */
export type World = {
  workspaceId: string;
  /** Today in the workspace's zone; relative dates count from it. */
  today: Day;
  zone: string;
  attributes: ReadonlyMap<string, Attribute>;
  /** The rules of the segments that it names, also through others. */
  segments: ReadonlyMap<string, Rule>;
  runs: ReadonlyMap<string, Runs>;
  /** Suppressed addresses of this workspace's customers by channel, as the channel spells them. */
  suppressed: ReadonlyMap<string, readonly string[]>;
  /** `few`: one look for each customer; `many`: one pass over the workspace. The answer is the same. */
  shape: "few" | "many";
};

// Anniversaries are offered for the workspace's own dates, too.
const typeOf: Record<Attribute["type"], FieldType> = {
  text: "text",
  number: "number",
  boolean: "boolean",
  date: "birthday",
  choice: "choice",
};

/** The field that a customer condition names; undefined when there is none (any more). */
export function customerField(name: string, attributes: Names["attributes"]): Field | undefined {
  const key = attributeKey(name);
  if (key === null) return Object.hasOwn(customerFields, name) ? customerFields[name] : undefined;
  const attribute = attributes.get(key);
  if (!attribute) return undefined;
  const { label, type, options } = attribute;
  return {
    label,
    type: typeOf[type],
    column: ATTRIBUTE,
    ...(type === "choice" ? { choices: options.map((value) => ({ value, label: value })) } : {}),
  };
}
