"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { Rule } from "@/server/segments/status";
import { alone, useTRPCClient } from "@/server/trpc/react";

/** Typing rests this long before somebody is counted. */
const PAUSE_MS = 250;

/**
 * How many customers a rule selects while it is edited: an estimate at once, then the exact number, then ten people. What
 * is under way is stopped, in the database as well, when the rule changes, when the page is left, or by `stop`.
 */
export function useLiveCount(rule: Rule, usable: boolean) {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const rested = useRested(rule);
  const enabled = usable && rested === rule;
  const key = useMemo(() => ["segment-count", JSON.stringify(rested)], [rested]);
  const asked = { rule: rested };
  const options = { retry: false, refetchOnWindowFocus: false, staleTime: 30_000 };
  const estimate = useQuery({
    queryKey: [...key, "estimate"],
    queryFn: ({ signal }) => client.segments.estimate.mutate(asked, { signal, ...alone }),
    enabled,
    ...options,
  });
  const needsExact = estimate.data?.exact === false;
  const exact = useQuery({
    queryKey: [...key, "exact"],
    queryFn: ({ signal }) => client.segments.count.mutate(asked, { signal, ...alone }),
    enabled: enabled && needsExact,
    ...options,
  });
  const counted = estimate.data !== undefined && !exact.isLoading;
  const people = useQuery({
    queryKey: [...key, "people"],
    queryFn: ({ signal }) => client.segments.sample.mutate(asked, { signal, ...alone }),
    enabled: enabled && counted,
    ...options,
  });
  const known = exact.data ?? (estimate.data?.exact ? estimate.data : null);
  const found = known ? { count: known.count, exact: true } : estimate.data ? { ...estimate.data } : null;
  const shown = useLast(found);
  return {
    /** The number, also the one before while a newer one is on its way. */
    count: shown?.count ?? null,
    exact: shown?.exact ?? true,
    stale: found === null || rested !== rule,
    /** Something is being counted that can be stopped. */
    counting: enabled && (estimate.isFetching || exact.isFetching),
    people: useLast(people.data ?? null),
    error: estimate.error ?? exact.error ?? people.error,
    stop: () => void queryClient.cancelQueries({ queryKey: key }),
    again: () => void queryClient.resetQueries({ queryKey: key }),
  };
}
export type LiveCount = ReturnType<typeof useLiveCount>;

/** The rule once nobody has changed it for a moment; at once on the first look. */
function useRested(rule: Rule): Rule {
  const [rested, setRested] = useState<Rule>(rule);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(rule), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [rule]);
  return rested;
}

/** The last value that was there. */
function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState(value);
  useEffect(() => {
    if (value !== null) setLast(value);
  }, [value]);
  return value ?? last;
}
