"use client";

import { useQuery } from "@tanstack/react-query";
import { type TagSource, tags } from "@/server/templates/schemas";
import { useTRPC } from "@/server/trpc/react";

export type TagChoice = {
  name: string;
  label: string;
  /** A value as a customer could have it. */
  example: string;
  group: string;
  /** Everybody has a value: nothing to say instead. */
  certain: boolean;
};

const groups: Record<TagSource, string> = {
  customer: "Customer",
  policy: "Policy",
  payment: "Payment",
  advisor: "Advisor",
  call: "Callback messages",
  company: "Company",
  link: "Links",
};
const certain: ReadonlySet<string> = new Set(["company_name", "tier", "callback_link", "unsubscribe_link"]);

const own: readonly TagChoice[] = tags.map(({ name, label, example, source }) => ({
  name,
  label,
  example,
  group: groups[source],
  certain: certain.has(name),
}));

/** The tags that a message may use: the product's own, and the workspace's custom attributes. */
export function useTags(): readonly TagChoice[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.attributes.list.queryOptions());
  const attributes = (data ?? []).filter(({ archived }) => !archived);
  return [
    ...own,
    ...attributes.map(({ key, label, description }) => ({
      name: `attribute.${key}`,
      label,
      example: description || "Custom attribute",
      group: "Custom attributes",
      certain: false,
    })),
  ];
}

/** What a tag is called; its name for one that is not known. */
export const tagLabel = (choices: readonly TagChoice[], name: string): string =>
  choices.find((each) => each.name === name)?.label ?? name;
