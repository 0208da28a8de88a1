"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Filter } from "@/components/ui/filter-bar";
import { useUrl } from "@/components/ui/use-url";
import type { AttributeDefinition } from "@/server/attributes/schemas";
import { formatAttributeValue } from "@/server/attributes/schemas";
import {
  consentFilters,
  languageLabel,
  stopStateLabels,
  stopStates,
  tierLabels,
  tiers,
} from "@/server/customers/schemas";
import { type ConsentChannel, consentChannelLabels } from "@/server/imports/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

const consentWords = { granted: "allowed", withdrawn: "withdrawn", none: "never said" } as const;

const fixed: Record<string, Filter> = {
  tier: {
    name: "tier",
    label: "Tier",
    options: tiers.map((value) => ({ value, label: tierLabels[value] })),
  },
  email: {
    name: "email",
    label: "E-mail",
    rare: true,
    options: [
      { value: "yes", label: "Has an e-mail" },
      { value: "no", label: "Has none" },
    ],
  },
  stop: {
    name: "stop",
    label: "Promotion",
    rare: true,
    options: [
      { value: "none", label: "Not stopped" },
      ...stopStates.map((value) => ({ value, label: stopStateLabels[value] })),
    ],
  },
  consent: {
    name: "consent",
    label: "Consent to promotion",
    rare: true,
    options: consentFilters.map((value) => {
      const [channel, state] = value.split(":") as [ConsentChannel, keyof typeof consentWords];
      return { value, label: `${consentChannelLabels[channel]}: ${consentWords[state]}` };
    }),
  },
};

/** As many as a person looks through; the others are found on their own screen. */
const MOST_SEGMENTS = 100;

/** A filter whose options are read from the customers when it is opened. */
type Read = { of: string; name: string; label: string; prefix?: string; rare?: boolean };

const named = { city: "City", language: "Language", tag: "Tag" } as const;

/** The filters of the customer list; what they offer is read when they are opened. */
export function useCustomerFilters(definitions: readonly AttributeDefinition[], ownBook: boolean) {
  const trpc = useTRPC();
  const [opened, setOpened] = useState<readonly string[]>([]);
  const { params } = useUrl();
  // What the address has chosen is shown by its name, before anybody opens the filter.
  const wanted = (name: string) => opened.includes(name) || params.has(name);
  const reads: Read[] = [
    ...(["tag", "city", "language"] as const).map((of) => ({
      of,
      name: of,
      label: named[of],
      rare: of === "language",
    })),
    ...definitions
      .filter(({ archived }) => !archived)
      .map(({ key, label }) => ({
        of: `attribute:${key}`,
        name: "attribute",
        label,
        prefix: `${key}:`,
        rare: true,
      })),
  ];
  const answers = useQueries({
    queries: reads.map(({ of }) =>
      trpc.customers.values.queryOptions({ of }, { enabled: opened.includes(of), staleTime: 60_000 }),
    ),
  });
  const advisors = useQuery(
    trpc.customers.advisors.queryOptions(undefined, {
      enabled: wanted("advisor"),
      staleTime: 60_000,
    }),
  );
  const segments = useQuery(
    trpc.segments.list.queryOptions(
      { limit: MOST_SEGMENTS },
      { enabled: !ownBook && wanted("segment"), staleTime: 60_000 },
    ),
  );
  const filterOf = (read: Read, at: number): Filter => {
    const answer = answers[at];
    const definition = definitions.find(({ key }) => read.prefix === `${key}:`);
    const label = (value: string) => {
      if (read.of === "language") return languageLabel(value);
      if (definition?.type === "boolean") return value === "true" ? "Yes" : "No";
      return definition ? formatAttributeValue(definition, value) : value;
    };
    const options = answer?.data?.map(({ value, customers }) => ({
      value: `${read.prefix ?? ""}${value}`,
      label: label(value),
      description: `${formatCount(customers)} ${customers === 1 ? "customer" : "customers"}`,
    }));
    return { ...read, options: options ?? [], loading: answer?.isLoading ?? false };
  };
  const [tag, city, language, ...attributes] = reads.map(filterOf);
  const advisor: Filter = {
    name: "advisor",
    label: "Advisor",
    loading: advisors.isLoading,
    options: [
      { value: "none", label: "None" },
      ...(advisors.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ],
  };
  const segment: Filter = {
    name: "segment",
    label: "Segment",
    loading: segments.isLoading,
    options: (segments.data?.rows ?? []).map(({ id, name, sentence }) => ({
      value: id,
      label: name,
      description: sentence,
    })),
  };
  const list = [
    ownBook ? undefined : segment,
    fixed.tier,
    tag,
    city,
    ownBook ? undefined : advisor,
    language,
    fixed.email,
    fixed.stop,
    fixed.consent,
    ...attributes,
  ].filter((filter): filter is Filter => filter !== undefined);
  const onOpen = ({ name, prefix }: Filter) => {
    const of = prefix ? `attribute:${prefix.slice(0, -1)}` : name;
    if (!opened.includes(of)) setOpened([...opened, of]);
  };
  return { filters: list, onOpen };
}
