"use client";

import Link from "next/link";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { type AbTest, mostWaitHours, testMetrics } from "@/server/campaigns/content";
import { metricLabels, variantName, variedLabels } from "@/server/variants/status";
import { AbTestWords } from "./ab-test-words";
import type { Draft } from "./use-draft";

const winners = [
  {
    value: "auto",
    label: "As soon as it is sure",
    description:
      "A test that may be looked at at any moment names the winner, or says that there is none yet.",
  },
  { value: "hand", label: "I choose", description: "On the campaign’s page, with a reason." },
  { value: "none", label: "Nobody", description: "Everybody is in the test, and it is only measured." },
] as const;

/** How the variants are split and compared, and what those outside the test get. */
export function AbTestFields({ draft, reachable }: { draft: Draft; reachable: number }) {
  const { fields, errors, change } = draft;
  const test = fields.abTest;
  if (!test) return null;
  const set = (patch: Partial<AbTest>) => change({ abTest: fitting({ ...test, ...patch }) });
  const metrics = testMetrics.filter((metric) => metric !== "opened" || test.winner !== "auto");
  const error = (field: string) => errors[`abTest.${field}`];
  return (
    <section aria-label="A/B test" className="flex flex-col gap-5 border-line border-t pt-5">
      <div>
        <h2 className="font-medium">
          A/B test: {test.variants.length} variants of the {variedLabels[test.varies].label.toLowerCase()}
        </h2>
        <p className="text-muted text-sm">
          What they say stands under{" "}
          <Link href="?tab=content" scroll={false} className="rounded-sm text-accent-ink underline">
            Content
          </Link>
          . A customer has the same variant in every run.
        </p>
      </div>
      <Shares test={test} errors={errors} onChange={(variants) => set({ variants })} />
      <Field
        label="Measured by"
        help={metricLabels[test.metric].hint}
        error={error("metric")}
        className="max-w-64"
      >
        <Select
          options={metrics.map((value) => ({ value, label: metricLabels[value].label }))}
          value={test.metric}
          onValueChange={(metric) => set({ metric })}
        />
      </Field>
      <Field label="Who says which one won">
        <RadioGroup cards options={winners} value={test.winner} onValueChange={(winner) => set({ winner })} />
      </Field>
      <div className="grid gap-5 sm:grid-cols-3">
        {test.winner !== "none" && (
          <NumberField
            label="In the test"
            suffix="%"
            value={test.testShare}
            help="The rest gets the winner. 100: nobody waits."
            error={error("testShare")}
            onChange={(testShare) => set({ testShare })}
          />
        )}
        {test.testShare < 100 && (
          <NumberField
            label="Wait at most"
            suffix="hours"
            value={test.waitHours}
            help={`Then the rest gets variant A. Up to ${mostWaitHours}.`}
            error={error("waitHours")}
            onChange={(waitHours) => set({ waitHours })}
          />
        )}
        {test.winner === "auto" && (
          <NumberField
            label="Least in each variant"
            suffix="reached"
            value={test.minimumSample}
            help="Nothing is concluded before."
            error={error("minimumSample")}
            onChange={(minimumSample) => set({ minimumSample })}
          />
        )}
      </div>
      <AbTestWords test={test} reachable={reachable} />
    </section>
  );
}

/** What cannot stand together is brought into line rather than refused. */
function fitting(test: AbTest): AbTest {
  return {
    ...test,
    metric: test.winner === "auto" && test.metric === "opened" ? "clicked" : test.metric,
    testShare: test.winner === "none" ? 100 : test.testShare,
  };
}

type SharesProps = {
  test: AbTest;
  errors: Draft["errors"];
  onChange: (variants: AbTest["variants"]) => void;
};

function Shares({ test: { variants }, errors, onChange }: SharesProps) {
  const total = variants.reduce((sum, { share }) => sum + share, 0);
  return (
    <fieldset>
      <legend className="mb-2 font-medium text-sm">Split of the test</legend>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-5">
        {variants.map(({ share }, nth) => (
          <NumberField
            // biome-ignore lint/suspicious/noArrayIndexKey: a variant is known by its place
            key={nth}
            label={`Variant ${variantName(nth)}`}
            suffix="%"
            value={share}
            error={errors[`abTest.variants.${nth}.share`]}
            onChange={(next) =>
              onChange(variants.map((each, index) => (index === nth ? { ...each, share: next } : each)))
            }
          />
        ))}
      </div>
      {total !== 100 && (
        <p aria-live="polite" className="mt-2 text-danger text-xs">
          {total}% together. Make it 100%.
        </p>
      )}
    </fieldset>
  );
}

type NumberFieldProps = {
  label: string;
  suffix: string;
  value: number;
  help?: string;
  error?: string | undefined;
  onChange: (value: number) => void;
};

function NumberField({ label, suffix, value, help, error, onChange }: NumberFieldProps) {
  return (
    <Field label={label} help={help} error={error}>
      <Input
        type="number"
        inputMode="numeric"
        suffix={suffix}
        value={Number.isNaN(value) ? "" : value}
        onChange={(event) => onChange(event.target.value === "" ? Number.NaN : Number(event.target.value))}
      />
    </Field>
  );
}
