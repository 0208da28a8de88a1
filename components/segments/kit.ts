import type { Catalogue } from "@/server/segments/catalogue";
import type { SegmentDetail } from "@/server/segments/get";
import type { Choice, Field, Names } from "@/server/segments/status";

/** What the builder's parts share: the lists to choose from, and names for checks and sentences. */
export type Kit = { catalogue: Catalogue; names: Names; segmentId: string | null };

const named = (list: readonly { id: string; name: string }[]) =>
  new Map(list.map(({ id, name }) => [id, name]));

export function kitOf(catalogue: Catalogue, segment: SegmentDetail | null): Kit {
  const names: Names = {
    attributes: new Map(catalogue.attributes.map(({ key, ...attribute }) => [key, attribute])),
    segments: named([...catalogue.segments, ...(segment?.mentioned.segments ?? [])]),
    campaigns: named([...catalogue.campaigns, ...(segment?.mentioned.campaigns ?? [])]),
    advisors: named(catalogue.advisors),
    currency: catalogue.currency,
    locale: catalogue.locale,
  };
  return { catalogue, names, segmentId: segment?.id ?? null };
}

/** The values that can be chosen for a field, and whether others may be typed. */
export function choicesFor({ catalogue }: Kit, field: Field): { choices: Choice[]; open: boolean } {
  if (field.choices) return { choices: [...field.choices], open: false };
  if (!field.suggest) return { choices: [], open: true };
  if (field.suggest === "advisors")
    return { choices: catalogue.advisors.map(({ id, name }) => ({ value: id, label: name })), open: false };
  return {
    choices: catalogue[field.suggest].map((value) => ({ value, label: labelFor(field, value) })),
    open: true,
  };
}

const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

function labelFor(field: Field, value: string): string {
  if (field.suggest !== "languages") return value;
  try {
    return languages.of(value) ?? value;
  } catch {
    return value;
  }
}

/** Fields of the workspace's own that can be chosen now. */
export const openAttributes = ({ catalogue }: Kit) =>
  catalogue.attributes.filter(({ archived }) => !archived);
