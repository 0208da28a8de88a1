import type { AbTest, Bodies, RunVariant, Variant } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { variantName } from "./status";

type Said = { bodies: Bodies; channels: Channel[] };

/** What a variant says and by which channels, where the campaign says `said`; its first says the same. */
export function saidBy(said: Said, { varies, variants }: AbTest, nth: number): Said {
  const variant = nth === 0 ? undefined : variants[nth];
  if (!variant) return said;
  switch (varies) {
    case "subject":
      return { ...said, bodies: withSubjects(said.bodies, variant) };
    case "body":
      return { ...said, bodies: variant.bodies ?? said.bodies };
    case "channel":
      return { ...said, channels: variant.channels ?? said.channels };
  }
}

function withSubjects(bodies: Bodies, { subjects }: Variant): Bodies {
  if (!bodies.email) return bodies;
  const email = Object.fromEntries(
    Object.entries(bodies.email).map(([language, mail]) => [
      language,
      { ...mail, subject: subjects[language] ?? mail.subject },
    ]),
  );
  return { ...bodies, email };
}

/** The variants as a run freezes them; none without a test. */
export function frozenVariants(said: Said, test: AbTest | null): RunVariant[] {
  if (!test) return [];
  return test.variants.map(({ share }, nth) => {
    const own = saidBy(said, test, nth);
    return {
      name: variantName(nth),
      share,
      bodies: own.bodies === said.bodies ? null : own.bodies,
      channels: own.channels === said.channels ? null : own.channels,
    };
  });
}

/** A test to begin with: two variants, half each, which a person compares by clicks. */
export const beginTest = (varies: AbTest["varies"], said: Said): AbTest => ({
  varies,
  metric: "clicked",
  minimumSample: 100,
  winner: "hand",
  testShare: 100,
  waitHours: 24,
  variants: evenly([noChange(), ownOf(varies, said)]),
});

const noChange = (): Variant => ({ share: 50, subjects: {}, bodies: null, channels: null });

/** What a new variant begins with: what the campaign says, to be changed. */
function ownOf(varies: AbTest["varies"], { bodies, channels }: Said): Variant {
  if (varies === "subject") return noChange();
  if (varies === "body") return { ...noChange(), bodies };
  const [first, ...others] = channels;
  return { ...noChange(), channels: first === undefined ? [] : [...others, first] };
}

/** The test with one more variant, the shares even again. */
export const withVariant = (test: AbTest, said: Said): AbTest => ({
  ...test,
  variants: evenly([...test.variants, ownOf(test.varies, said)]),
});

/** The test without one of its variants, the shares even again; null where one would be left. */
export function withoutVariant(test: AbTest, nth: number): AbTest | null {
  if (test.variants.length <= 2) return null;
  return { ...test, variants: evenly(test.variants.filter((_, index) => index !== nth)) };
}

/** Shares as even as whole percents can be. */
const evenly = (variants: Variant[]): Variant[] =>
  variants.map((variant, nth) => ({
    ...variant,
    share: Math.floor((100 * (nth + 1)) / variants.length) - Math.floor((100 * nth) / variants.length),
  }));
