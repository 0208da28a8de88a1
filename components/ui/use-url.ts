"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useMemo, useTransition } from "react";

/** Values to write into the query; null or empty removes the key, an array repeats it. */
export type UrlPatch = Record<string, string | readonly string[] | null | undefined>;

/** A change of the address that has been asked for and is not there yet: the next change is made to what it leads to. */
let underWay: { path: string; query: string } | null = null;

/**
 * The query string as state. `href` builds a link, `set` navigates (`replace` keeps it out of the history: typing),
 * `pending` is true until the new page has arrived. Any change forgets the place in a list (`after`, `before`), but for
 * `openHref`: the same list with one of its rows open beside it, or with none.
 */
export function useUrl() {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const [pending, startTransition] = useTransition();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever arrives, nothing is under way any more
  useEffect(() => {
    underWay = null;
  }, [path, params]);
  return useMemo(() => {
    const href = (patch: UrlPatch, from = params.toString()) => {
      const next = new URLSearchParams(from);
      for (const key of ["after", "before", ...Object.keys(patch)]) next.delete(key);
      for (const [key, value] of Object.entries(patch))
        for (const item of typeof value === "string" ? [value] : (value ?? []))
          if (item) next.append(key, item);
      const query = next.toString();
      return query ? `${path}?${query}` : path;
    };
    const openHref = (id: string | null) => {
      const next = new URLSearchParams(params);
      next.delete("open");
      if (id !== null) next.append("open", id);
      return next.size > 0 ? `${path}?${next}` : path;
    };
    const set = (patch: UrlPatch, options: { replace?: boolean } = {}) => {
      const target = href(patch, underWay?.path === path ? underWay.query : undefined);
      underWay = { path, query: target.split("?")[1] ?? "" };
      startTransition(() => {
        if (options.replace) router.replace(target, { scroll: false });
        else router.push(target, { scroll: false });
      });
    };
    return { params, href, openHref, set, pending };
  }, [router, path, params, pending]);
}
