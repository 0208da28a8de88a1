"use client";

import { useEffect, useState } from "react";

export type FoundRecord = {
  id: string;
  href: string;
  title: string;
  /** Quiet, behind the title: a phone number, a state. */
  detail?: string;
  /** "Customers", "Campaigns": the heading it stands under. */
  group: string;
};

/** Looks for records; called with at least two letters. */
export type SearchEverything = (query: string) => Promise<readonly FoundRecord[]>;

type Answer = { query: string; records: readonly FoundRecord[]; failed: boolean };

const noAnswer: Answer = { query: "", records: [], failed: false };
const pause = 120;

/** Records for what is typed; a late answer to an earlier question is dropped. */
export function useSearch(search: SearchEverything | undefined, query: string) {
  const [answer, setAnswer] = useState(noAnswer);
  const asked = search !== undefined && query.length >= 2;
  useEffect(() => {
    if (!search || query.length < 2) return;
    let current = true;
    const timer = window.setTimeout(() => {
      search(query).then(
        (records) => current && setAnswer({ query, records, failed: false }),
        () => current && setAnswer({ query, records: [], failed: true }),
      );
    }, pause);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [search, query]);
  return {
    records: asked ? answer.records : [],
    searching: asked && answer.query !== query,
    failed: asked && answer.failed,
  };
}
