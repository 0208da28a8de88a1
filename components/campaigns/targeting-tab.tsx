"use client";

import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import type { Preflight } from "@/server/campaigns/preflight";
import type { Audience } from "@/server/campaigns/schemas";
import { type Tier, tierLabels, tiers } from "@/server/customers/schemas";
import { useTRPC } from "@/server/trpc/react";
import { BehaviourFields } from "./behaviour-fields";
import { HoldOutField } from "./hold-out-field";
import { QuickAudiences } from "./quick-audiences";
import { ReachFigures } from "./reach-figures";
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

/** What narrows an audience stays when its kind changes. */
function begun(kind: Audience["kind"], before: Audience): Audience {
  const { book, minEngagement, quietDays, recentDays } = before;
  const kept = { book, minEngagement, quietDays, recentDays };
  const narrowed = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  if (kind === "segments") return { kind, include: [], exclude: [], ...narrowed };
  return kind === "tier" ? { kind, tiers: [], ...narrowed } : { kind, ...narrowed };
}

/** Who the campaign is for, and at once how many that reaches. */
export function TargetingTab({ draft, preflight }: { draft: Draft; preflight: Preflight }) {
  const { fields, errors, change } = draft;
  const { audience } = fields;
  const trpc = useTRPC();
  const { data: segments } = useQuery(trpc.segments.names.queryOptions());
  const set = (next: Audience) => change({ audience: next });
  return (
    <div className="flex max-w-xl flex-col gap-5">
      <ReachFigures preflight={preflight} holdOut={fields.holdOut} />
      <QuickAudiences
        audience={audience}
        segments={segments ?? []}
        onChoose={(include) =>
          set(
            include === null
              ? begun("all", audience)
              : Object.assign(begun("segments", audience), { include }),
          )
        }
      />
      <Field label="Audience">
        <RadioGroup
          cards
          options={kinds}
          value={audience.kind}
          onValueChange={(kind) => kind !== audience.kind && set(begun(kind, audience))}
        />
      </Field>
      {audience.kind === "segments" && <SegmentChoice chosen={audience} onChange={set} />}
      {audience.kind === "tier" && (
        <TierChoice chosen={audience.tiers} onChange={(chosen) => set({ ...audience, tiers: chosen })} />
      )}
      <BehaviourFields audience={audience} errors={errors} onChange={set} />
      <HoldOutField draft={draft} />
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
