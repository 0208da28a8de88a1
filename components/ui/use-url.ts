"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useMemo, useTransition } from "react";

/** Values to write into the query; null or empty removes the key, an array repeats it. */
export type UrlPatch = Record<string, string | readonly string[] | null | undefined>;

/**
 * The query string as state. `href` builds a link, `set` navigates (`replace` keeps it out of the history: typing),
 * `pending` is true until the new page has arrived. Any change forgets the place in a list (`after`, `before`).
 */
export function useUrl() {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const [pending, startTransition] = useTransition();
  return useMemo(() => {
    const href = (patch: UrlPatch) => {
      const next = new URLSearchParams(params);
      for (const key of ["after", "before", ...Object.keys(patch)]) next.delete(key);
      for (const [key, value] of Object.entries(patch))
        for (const item of typeof value === "string" ? [value] : (value ?? []))
          if (item) next.append(key, item);
      const query = next.toString();
      return query ? `${path}?${query}` : path;
    };
    const set = (patch: UrlPatch, options: { replace?: boolean } = {}) =>
      startTransition(() => {
        if (options.replace) router.replace(href(patch), { scroll: false });
        else router.push(href(patch), { scroll: false });
      });
    return { params, href, set, pending };
  }, [router, path, params, pending]);
}
