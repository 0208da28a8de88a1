"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Field } from "@/components/ui/field";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import { Notice } from "@/components/ui/notice";
import type { Audience } from "@/server/campaigns/schemas";
import { useTRPC } from "@/server/trpc/react";

type Segments = Extract<Audience, { kind: "segments" }>;

/** Segments to include and segments to leave out. */
export function SegmentChoice({
  chosen,
  onChange,
}: {
  chosen: Segments;
  onChange: (chosen: Segments) => void;
}) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.segments.names.queryOptions());
  if (error)
    return (
      <Notice tone="danger" title="The segments could not be read">
        {error.message}
      </Notice>
    );
  const named = [...chosen.include, ...chosen.exclude];
  const options = (data ?? [])
    .filter(({ id, archived }) => !archived || named.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Segments"
        help="Customers who are in any of them."
        aside={
          <Link href="/segments" className="hover:text-accent-ink hover:underline">
            See all segments
          </Link>
        }
      >
        <MultiCombobox
          options={options}
          values={chosen.include}
          onValuesChange={(include) => onChange({ ...chosen, include })}
          placeholder="Choose segments"
          searchLabel="Find a segment"
        />
      </Field>
      <Field label="Without" optional help="Whoever is in one of these is left out.">
        <MultiCombobox
          options={options}
          values={chosen.exclude}
          onValuesChange={(exclude) => onChange({ ...chosen, exclude })}
          placeholder="Nobody is left out"
          searchLabel="Find a segment"
        />
      </Field>
    </div>
  );
}
