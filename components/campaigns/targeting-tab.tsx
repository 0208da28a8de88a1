"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { type Audience, type Tier, tierLabels, tiers } from "@/server/campaigns/schemas";
import { SegmentChoice } from "./segment-choice";
import type { Draft } from "./use-draft";

const kinds = [
  { value: "all", label: "All customers", description: "Everybody in this workspace" },
  {
    value: "segments",
    label: "Segments",
    description: "Whoever is in one of them, and in none that you leave out",
  },
  { value: "tier", label: "Customers of a tier", description: "One or several of the four tiers" },
] as const;

const begun: Record<Audience["kind"], Audience> = {
  all: { kind: "all" },
  segments: { kind: "segments", include: [], exclude: [] },
  tier: { kind: "tier", tiers: [] },
};

/** Who the campaign is for; the summary beside it says at once how many that reaches. */
export function TargetingTab({ draft: { fields, change } }: { draft: Draft }) {
  const { audience } = fields;
  const choose = (kind: Audience["kind"]) => {
    if (kind !== audience.kind) change({ audience: begun[kind] });
  };
  return (
    <div className="flex max-w-xl flex-col gap-5">
      <Field label="Audience">
        <RadioGroup cards options={kinds} value={audience.kind} onValueChange={choose} />
      </Field>
      {audience.kind === "segments" && (
        <SegmentChoice chosen={audience} onChange={(chosen) => change({ audience: chosen })} />
      )}
      {audience.kind === "tier" && (
        <TierChoice
          chosen={audience.tiers}
          onChange={(chosen) => change({ audience: { kind: "tier", tiers: chosen } })}
        />
      )}
    </div>
  );
}

function TierChoice({ chosen, onChange }: { chosen: Tier[]; onChange: (chosen: Tier[]) => void }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-medium text-sm">Tiers</legend>
      {tiers.map((tier) => (
        <Checkbox
          key={tier}
          label={tierLabels[tier]}
          checked={chosen.includes(tier)}
          onCheckedChange={(on) =>
            onChange(tiers.filter((each) => (each === tier ? on === true : chosen.includes(each))))
          }
        />
      ))}
    </fieldset>
  );
}
