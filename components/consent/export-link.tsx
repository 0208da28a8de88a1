"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useUrl } from "@/components/ui/use-url";

/** Downloads what the filters of this screen leave, as CSV. */
export function ExportLink({ path }: { path: "/api/consent/export" | "/api/suppressions/export" }) {
  const { params } = useUrl();
  return (
    <Button asChild>
      <a href={params.size > 0 ? `${path}?${params}` : path} download>
        <Download aria-hidden />
        Export
      </a>
    </Button>
  );
}
