"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { Notice } from "@/components/ui/notice";
import { formatCount } from "@/server/platform/format";
import { defaultPolicy } from "@/server/sla/schemas";
import { useTRPC } from "@/server/trpc/react";
import type { PolicyValues, policyForm } from "./policy-form";

type PolicyPreviewProps = { schema: ReturnType<typeof policyForm>; values: PolicyValues };

/** How many open requests would change if it were saved now, counted by the server. */
export function PolicyPreview({ schema, values }: PolicyPreviewProps) {
  const trpc = useTRPC();
  // The name changes nothing for a request, so a missing one does not hide the count.
  const read = schema["~standard"].validate(useDeferredValue({ ...values, name: values.name || "-" }));
  const given = read.issues ? null : read.value;
  const { data } = useQuery(
    trpc.sla.previewPolicy.queryOptions(
      {
        policyId: given?.policyId ?? null,
        calendarId: given?.calendarId ?? "none",
        definition: given?.definition ?? defaultPolicy,
      },
      { enabled: given !== null, placeholderData: (before) => before },
    ),
  );
  if (!given || !data) return null;
  const { open, changed, sooner, later } = data;
  const parts = [
    sooner > 0 ? `${formatCount(sooner)} due sooner` : "",
    later > 0 ? `${formatCount(later)} due later` : "",
  ].filter(Boolean);
  return (
    <Notice tone={changed > 0 ? "attention" : "information"}>
      <span aria-live="polite">
        {changed === 0
          ? `Saving moves none of the ${formatCount(open)} open requests.`
          : `Saving changes ${formatCount(changed)} of ${formatCount(open)} open requests${parts.length > 0 ? `: ${parts.join(", ")}` : ""}. What has elapsed stays.`}
      </span>
    </Notice>
  );
}
