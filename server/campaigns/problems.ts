import type { Channel } from "@/server/channels/status";
import type { FileInfo } from "@/server/files/schemas";
import type { CompiledBodies, PlacedProblem } from "@/server/templates";
import { isBlank } from "./content";
import type { CampaignRow } from "./transition";
import { unwritten } from "./unwritten";
import { variantProblems } from "./variant-problems";

/** Something that must be mended before launch: in words, and the tab and field where it is mended. */
export type LaunchProblem = {
  tab: "basic" | "content" | "targeting" | "schedule";
  field: "period" | "channels" | "subject" | "body" | "variants" | "attachments" | "audience" | "schedule";
  message: string;
  /** Which body, for those of content. */
  place?: PlacedProblem["place"];
};

type Written = Pick<
  CampaignRow,
  "channels" | "languages" | "bodies" | "audience" | "attachments" | "fallBack" | "abTest"
> &
  Partial<Pick<CampaignRow, "schedule">>;

/** Most that the attachments of one mail weigh together: larger ones are refused on the way. */
const MOST_ATTACHED = 10_000_000;

type Speaking = Pick<Written, "channels" | "fallBack" | "abTest" | "schedule">;

/** Every channel that the campaign may speak on, the fall-back's and those of its variants and follow-ups included. */
export const spokenChannels = ({ channels, fallBack, abTest, schedule }: Speaking): Channel[] => {
  const tried = abTest?.varies === "channel" ? abTest.variants.flatMap((each) => each.channels ?? []) : [];
  return [
    ...new Set([...channels, ...tried, ...(fallBack ? [fallBack.channel] : []), ...followedOn(schedule)]),
  ];
};

/** Channels on which an automation goes on with the campaign's own words. */
const followedOn = (schedule: CampaignRow["schedule"] | undefined): Channel[] =>
  schedule?.kind === "automated"
    ? schedule.steps.flatMap((step) =>
        step.do === "send" && !step.own?.[step.channel] ? [step.channel] : [],
      )
    : [];

/** Every file that the messages show or carry. */
export const filesOf = (
  { attachments }: Pick<Written, "attachments">,
  compiled: CompiledBodies,
): string[] => [...compiled.files, ...attachments.map(({ fileId }) => fileId)];

/** What stands in the way of launching this campaign, judged by its own fields alone; empty when nothing does. */
export function launchProblems(
  campaign: Written,
  compiled: CompiledBodies,
  stored: readonly FileInfo[],
): LaunchProblem[] {
  const { languages, bodies, audience } = campaign;
  const channels = spokenChannels(campaign);
  const problems: LaunchProblem[] = [];
  if (campaign.channels.length === 0)
    problems.push({ tab: "content", field: "channels", message: "Choose at least one channel." });
  // A body that nobody began is no body: its customers get the first language.
  for (const channel of channels)
    for (const [nth, language] of languages.entries())
      if (nth === 0 || !isBlank(bodies, channel, language))
        problems.push(...unwritten(bodies, channel, language));
  problems.push(...variantProblems(campaign));
  for (const { message, place } of compiled.problems)
    if (channels.includes(place.channel)) problems.push({ tab: "content", field: "body", message, place });
  problems.push(...fileProblems(campaign, compiled, stored));
  if (audience.kind === "tier" && audience.tiers.length === 0)
    problems.push({ tab: "targeting", field: "audience", message: "Choose at least one tier." });
  if (audience.kind === "segments" && audience.include.length === 0)
    problems.push({
      tab: "targeting",
      field: "audience",
      message: "Choose at least one segment to include.",
    });
  return problems;
}

function fileProblems(
  { channels, attachments }: Written,
  compiled: CompiledBodies,
  stored: readonly FileInfo[],
): LaunchProblem[] {
  const at = (message: string): LaunchProblem => ({ tab: "content", field: "attachments", message });
  const known = new Map(stored.map((file) => [file.id, file.bytes]));
  const problems: LaunchProblem[] = [];
  if (compiled.files.some((id) => !known.has(id)))
    problems.push(at("A picture of the message is not stored here any more. Add it again."));
  if (!channels.includes("email")) return problems;
  if (attachments.some(({ fileId }) => !known.has(fileId)))
    problems.push(at("An attachment is not stored here any more. Add it again."));
  if (attachments.reduce((sum, { fileId }) => sum + (known.get(fileId) ?? 0), 0) > MOST_ATTACHED)
    problems.push(
      at("The attachments are larger than 10 MB together. Mail servers refuse that: take one out."),
    );
  return problems;
}
