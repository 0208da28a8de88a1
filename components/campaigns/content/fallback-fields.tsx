"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { limits } from "@/server/campaigns/schemas";
import { formatCount } from "@/server/platform/format";
import type { Fallbacks } from "./tag-menu";
import { tagLabel, useTags } from "./use-tags";

type FallbackFieldsProps = Fallbacks & {
  /** Tags of the message, and those of them that have nothing to fall back on. */
  used: readonly string[];
  required: readonly string[];
  /** Customers of the audience without a value, by tag. */
  lacking: Record<string, number>;
};

/** For each tag that may have no value: how many lack one, and the words that take its place. */
export function FallbackFields({
  used,
  required,
  lacking,
  fallbacks,
  prefix,
  onFallbacks,
}: FallbackFieldsProps) {
  const tags = useTags();
  // A field that is being emptied stays where it is.
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const shown = used.filter(
    (name) =>
      required.includes(name) ||
      fallbacks[name] !== undefined ||
      fallbacks[prefix + name] !== undefined ||
      touched.has(name),
  );
  if (shown.length === 0) return null;
  const change = (name: string, text: string) => {
    setTouched((before) => new Set(before).add(name));
    const { [prefix + name]: _, ...others } = fallbacks;
    onFallbacks(text.trim() === "" ? others : { ...others, [prefix + name]: text });
  };
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">When a customer has no value</legend>
      <p className="text-muted text-sm">
        Write what to say instead. Without it the customer is left out: nobody gets “Dear ,”.
      </p>
      <div className="grid gap-4 @xl:grid-cols-2">
        {shown.map((name) => (
          <Field
            key={name}
            label={tagLabel(tags, name)}
            help={lackWords(lacking[name] ?? 0, Boolean(fallbacks[prefix + name] ?? fallbacks[name]))}
          >
            <Input
              value={fallbacks[prefix + name] ?? ""}
              maxLength={limits.fallback}
              placeholder={(prefix && fallbacks[name]) || "Leave these customers out"}
              onChange={(event) => change(name, event.target.value)}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

function lackWords(count: number, instead: boolean): string {
  if (count === 0) return "Everybody in the audience has one.";
  const who = `${formatCount(count)} ${count === 1 ? "customer has" : "customers have"} none:`;
  if (instead) return `${who} ${count === 1 ? "this one gets" : "they get"} these words.`;
  return `${who} ${count === 1 ? "this one is" : "they are"} left out.`;
}
