"use client";

import { ExportButton } from "@/components/ui/export-button";
import { useUrl } from "@/components/ui/use-url";

const titles = { "/api/consent/export": "Consent ledger", "/api/suppressions/export": "Suppression list" };

/** Takes away what the filters of this screen leave, as CSV. `total`: how much that is, where it is counted. */
export function ExportLink({ path, total }: { path: keyof typeof titles; total?: number }) {
  const { params } = useUrl();
  return (
    <ExportButton
      title={titles[path]}
      href={params.size > 0 ? `${path}?${params}` : path}
      total={total ?? null}
    />
  );
}
