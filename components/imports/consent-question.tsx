"use client";

import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import {
  type ConsentGrant,
  consentChannelLabels,
  consentChannels,
  consentPurposeLabels,
  consentPurposes,
  type ImportConsent,
} from "@/server/imports/schemas";

const answers = [
  {
    value: "none" as const,
    label: "No consent",
    description: "They can get what their contract calls for, and no promotion because of this file.",
  },
  {
    value: "given" as const,
    label: "They agreed to something",
    description: "You hold the words that they agreed to. The evidence is kept for each of them.",
  },
];

type ConsentQuestionProps = { consent: ImportConsent; onChange: (consent: ImportConsent) => void };

const same = (one: ConsentGrant, other: ConsentGrant): boolean =>
  one.channel === other.channel && one.purpose === other.purpose;

/** What the people in the file agreed to. Never assumed: "no" unless somebody says what they hold. */
export function ConsentQuestion({ consent, onChange }: ConsentQuestionProps) {
  return (
    <Card title="What did the people in this file agree to?">
      <div id="consent" className="flex scroll-mt-24 flex-col gap-4">
        <RadioGroup
          label="Consent"
          cards
          className="grid sm:grid-cols-2"
          options={answers}
          value={consent.kind}
          onValueChange={(kind) =>
            onChange(kind === "none" ? { kind } : { kind, grants: [], text: "", date: "" })
          }
        />
        {consent.kind === "given" && (
          <div className="grid gap-4 sm:grid-cols-2">
            {consentPurposes.map((purpose) => (
              <fieldset key={purpose} className="flex flex-wrap gap-x-5 gap-y-2">
                <legend className="mb-1.5 font-medium text-sm">{consentPurposeLabels[purpose]} by</legend>
                {consentChannels.map((channel) => {
                  const grant = { channel, purpose };
                  return (
                    <Checkbox
                      key={channel}
                      label={consentChannelLabels[channel]}
                      checked={consent.grants.some((each) => same(each, grant))}
                      onCheckedChange={(checked) => {
                        const others = consent.grants.filter((each) => !same(each, grant));
                        onChange({ ...consent, grants: checked === true ? [...others, grant] : others });
                      }}
                    />
                  );
                })}
              </fieldset>
            ))}
            <Field label="The words that they agreed to">
              <Textarea
                rows={3}
                value={consent.text}
                onChange={(event) => onChange({ ...consent, text: event.target.value })}
              />
            </Field>
            <Field label="The day on which they agreed" help="The latest day, if there were several.">
              <Input
                type="date"
                value={consent.date}
                onChange={(event) => onChange({ ...consent, date: event.target.value })}
              />
            </Field>
          </div>
        )}
      </div>
    </Card>
  );
}
