"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { readFilters, type ScreenFilters } from "@/server/inbox/schemas";
import type { MessageTab } from "./message-toolbar";

const base = "/inbox";

export type Place = {
  openId: string | null;
  tab: MessageTab;
  filters: ScreenFilters;
  /** True when a filter hides messages. */
  filtered: boolean;
  /** The address of a message, shown the way the open one is. */
  hrefOf: (id: string) => string;
  /** Changes the address without asking the server for the page: the screen reads what it needs itself. */
  go: (id: string | null, options?: { replace?: boolean; tab?: MessageTab }) => void;
};

/** Where one is in the inbox, as the address bar says it: which message, how it is shown, and the list's filters. */
export function usePlace(): Place {
  const path = usePathname();
  const params = useSearchParams();
  return useMemo(() => {
    const asked = params.get("show");
    const tab: MessageTab = asked === "text" || asked === "headers" ? asked : "message";
    const filters = readFilters(params);
    const address = (id: string | null, shown: MessageTab) => {
      const next = new URLSearchParams(params);
      next.delete("show");
      if (id && shown !== "message") next.set("show", shown);
      return [base, id && `/${id}`, next.size > 0 && `?${next}`].filter(Boolean).join("");
    };
    return {
      openId: path.slice(base.length + 1) || null,
      tab,
      filters,
      filtered: Object.entries(filters).some(([name, value]) => name !== "channel" && value !== undefined),
      hrefOf: (id) => address(id, tab),
      go: (id, options = {}) => {
        const href = address(id, options.tab ?? tab);
        if (options.replace) window.history.replaceState(null, "", href);
        else window.history.pushState(null, "", href);
      },
    };
  }, [path, params]);
}
