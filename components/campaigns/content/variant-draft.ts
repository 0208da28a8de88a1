import type { AbTest, Variant } from "@/server/campaigns/content";
import type { DraftFields } from "@/server/campaigns/schemas";
import { saidBy } from "@/server/variants/content";
import type { Draft } from "../use-draft";

/**
 * The draft as one of its variants says it: the same editors write the variant's own words, and what all variants share is
 * shared all the same.
 */
export function variantDraft(draft: Draft, nth: number): Draft {
  const { fields, errors, change } = draft;
  const test = fields.abTest;
  if (!test || nth === 0) return draft;
  return {
    ...draft,
    fields: { ...fields, ...saidBy(fields, test, nth) },
    errors: { ...errors, ...ownErrors(errors, nth) },
    change: (patch) => change(placed(patch, test, nth)),
  };
}

/** Where a change belongs: to the variant, or to what all of them share. */
function placed(patch: Partial<DraftFields>, test: AbTest, nth: number): Partial<DraftFields> {
  const { bodies, channels, ...shared } = patch;
  const write = (own: Partial<Variant>): Partial<DraftFields> => ({
    ...shared,
    abTest: {
      ...test,
      variants: test.variants.map((variant, index) => (index === nth ? { ...variant, ...own } : variant)),
    },
  });
  if (test.varies === "body" && bodies) return write({ bodies });
  if (test.varies === "channel" && channels) return write({ channels });
  if (test.varies === "subject" && bodies) return write({ subjects: subjectsOf(bodies) });
  return patch;
}

const subjectsOf = (bodies: DraftFields["bodies"]): Variant["subjects"] =>
  Object.fromEntries(
    Object.entries(bodies.email ?? {}).map(([language, { subject }]) => [language, subject]),
  );

/** The errors of the variant's own words, by the paths that the editors know. */
function ownErrors(errors: Draft["errors"], nth: number): Draft["errors"] {
  const path = `abTest.variants.${nth}.`;
  return Object.fromEntries(
    Object.entries(errors).flatMap(([key, message]) => {
      if (!key.startsWith(path)) return [];
      const own = key.slice(path.length);
      return [[own.replace(/^subjects[.](.+)$/, "bodies.email.$1.subject"), message]];
    }),
  );
}
