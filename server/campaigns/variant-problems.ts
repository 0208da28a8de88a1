import { saidBy } from "@/server/variants/content";
import { variantName } from "@/server/variants/status";
import { isBlank } from "./content";
import type { LaunchProblem } from "./problems";
import type { CampaignRow } from "./transition";
import { unwritten } from "./unwritten";

type Tested = Pick<CampaignRow, "channels" | "languages" | "bodies" | "abTest">;

/** What must be mended in the variants of a test: what they say, how they are split, and that they differ. */
export function variantProblems(campaign: Tested): LaunchProblem[] {
  const { abTest, channels } = campaign;
  if (!abTest) return [];
  const total = abTest.variants.reduce((sum, { share }) => sum + share, 0);
  return [
    ...(abTest.varies === "subject" && !channels.includes("email")
      ? [at("Only e-mails have a subject. Use e-mail, or try other messages against each other.")]
      : []),
    ...abTest.variants.flatMap((_, nth) => (nth === 0 ? [] : problemsOf(campaign, nth))),
    ...(total === 100
      ? []
      : [at(`The shares of the variants are ${total}% together. Make it 100%.`, "schedule")]),
  ];
}

const at = (message: string, tab: LaunchProblem["tab"] = "content"): LaunchProblem => ({
  tab,
  field: "variants",
  message,
});

function problemsOf({ channels, languages, bodies, abTest }: Tested, nth: number): LaunchProblem[] {
  if (!abTest) return [];
  const name = variantName(nth);
  const own = saidBy({ bodies, channels }, abTest, nth);
  if (own.channels.length === 0) return [at(`Variant ${name}: choose at least one channel.`)];
  const missing =
    abTest.varies === "channel"
      ? []
      : own.channels.flatMap((channel) =>
          languages.flatMap((language, place) =>
            // What the first variant says in a language, the others must say too: their readers are split.
            place > 0 && isBlank(bodies, channel, language) && isBlank(own.bodies, channel, language)
              ? []
              : unwritten(own.bodies, channel, language),
          ),
        );
  if (missing.length > 0)
    return missing.map(({ message, place, ...problem }) => ({
      ...problem,
      message: `Variant ${name}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
      ...(place && { place: { ...place, variant: nth } }),
    }));
  const words = JSON.stringify(own);
  const twin = abTest.variants.findIndex(
    (_, other) => other < nth && JSON.stringify(saidBy({ bodies, channels }, abTest, other)) === words,
  );
  return twin < 0
    ? []
    : [at(`Variants ${variantName(twin)} and ${name} say the same. Change one of them, or take it out.`)];
}
