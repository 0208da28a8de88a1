"use client";

import { Combobox } from "@/components/ui/combobox";
import { Select } from "@/components/ui/select";
import {
  channelLabels,
  consentChannels,
  consentStates,
  type Interaction,
  interactions,
  reachChannels,
} from "@/server/segments/status";
import type { Of, RowProps } from "./row-parts";
import { WhenField } from "./when-field";

const interactionWords: Record<Interaction, [did: string, not: string]> = {
  sent: ["Was sent", "Was not sent"],
  delivered: ["Received", "Did not receive"],
  opened: ["Opened", "Did not open"],
  clicked: ["Clicked in", "Did not click in"],
  replied: ["Replied to", "Did not reply to"],
  converted: ["Converted after", "Did not convert after"],
  failed: ["Could not be reached by", "Could be reached by"],
  skipped: ["Was left out of", "Was not left out of"],
};
const interactionOptions = interactions.flatMap((each) =>
  interactionWords[each].map((label, index) => ({ value: `${index === 0 ? "did" : "not"}.${each}`, label })),
);

/** "Did not open [Diwali greetings] in the last [30] days". */
export function CampaignRow({ kit, condition, onChange, wrong }: RowProps<Of<"campaign">>) {
  const campaigns = [...kit.names.campaigns].map(([value, label]) => ({ value, label }));
  return (
    <>
      <Select
        label="What happened"
        options={interactionOptions}
        value={`${condition.did ? "did" : "not"}.${condition.interaction}`}
        onValueChange={(chosen) => {
          const [did, interaction] = chosen.split(".") as ["did" | "not", Interaction];
          onChange({ ...condition, did: did === "did", interaction, reason: null });
        }}
        className="w-auto"
      />
      <span className="w-56 max-w-full">
        <Combobox
          label="Campaign"
          options={[{ value: "any", label: "any campaign" }, ...campaigns]}
          value={condition.campaign ?? "any"}
          onValueChange={(id) => onChange({ ...condition, campaign: id === "any" ? null : id })}
          searchLabel="Find a campaign"
        />
      </span>
      <WhenField
        when={condition.when}
        onChange={(when) => onChange({ ...condition, when })}
        invalid={wrong.has("when")}
      />
    </>
  );
}

const stateWords = {
  granted: "Allows",
  not_granted: "Does not allow",
  withdrawn: "Withdrew consent to",
  not_asked: "Was never asked about",
} as const;

/** "Allows promotion by e-mail". */
export function ConsentRow({ condition, onChange }: RowProps<Of<"consent">>) {
  return (
    <>
      <Select
        label="What the customer said"
        options={consentStates.map((value) => ({ value, label: stateWords[value] }))}
        value={condition.state}
        onValueChange={(state) => onChange({ ...condition, state })}
        className="w-auto"
      />
      <Select
        label="Purpose"
        options={[
          { value: "promotional", label: "promotion" },
          { value: "service", label: "service messages" },
        ]}
        value={condition.purpose}
        onValueChange={(purpose) => onChange({ ...condition, purpose })}
        className="w-auto"
      />
      <Select
        label="Channel"
        options={consentChannels.map((value) => ({ value, label: `by ${channelLabels[value]}` }))}
        value={condition.channel}
        onValueChange={(channel) => onChange({ ...condition, channel })}
        className="w-auto"
      />
    </>
  );
}

/** "Can be reached by SMS". */
export function ReachRow({ condition, onChange }: RowProps<Of<"reach">>) {
  return (
    <>
      <Select
        label="Reach"
        options={[
          { value: "can", label: "Can be reached" },
          { value: "cannot", label: "Cannot be reached" },
        ]}
        value={condition.can ? "can" : "cannot"}
        onValueChange={(can) => onChange({ ...condition, can: can === "can" })}
        className="w-auto"
      />
      <Select
        label="Channel"
        options={reachChannels.map((value) => ({ value, label: `by ${channelLabels[value]}` }))}
        value={condition.channel}
        onValueChange={(channel) => onChange({ ...condition, channel })}
        className="w-auto"
      />
    </>
  );
}

/** "Is not in [Lapsed]". */
export function SegmentRow({ kit, condition, onChange }: RowProps<Of<"segment">>) {
  const segments = kit.catalogue.segments.filter(
    ({ id, archived }) => id === condition.segment || (id !== kit.segmentId && !archived),
  );
  return (
    <>
      <Select
        label="Membership"
        options={[
          { value: "in", label: "Is in" },
          { value: "out", label: "Is not in" },
        ]}
        value={condition.in ? "in" : "out"}
        onValueChange={(inside) => onChange({ ...condition, in: inside === "in" })}
        className="w-auto"
      />
      <span className="w-56 max-w-full">
        <Combobox
          label="Segment"
          options={segments.map(({ id, name }) => ({ value: id, label: name }))}
          value={condition.segment}
          onValueChange={(id) => id && onChange({ ...condition, segment: id })}
          searchLabel="Find a segment"
        />
      </span>
    </>
  );
}
