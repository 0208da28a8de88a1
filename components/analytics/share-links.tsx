"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Copy, Link2Off } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import { formatDateTime } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

type ShareLinksProps = { campaignId: string; zone: string; onCopy: (url: string) => Promise<void> };

/** The links that still open, with their end; each can be taken back. */
export function ShareLinks({ campaignId, zone, onCopy }: ShareLinksProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: links = [] } = useQuery(trpc.analytics.reportLinks.queryOptions({ campaignId }));
  const revoke = useMutation(
    trpc.analytics.revokeReportLink.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.analytics.reportLinks.queryFilter({ campaignId }));
        toast.success("The link opens nothing any more");
      },
      onError: (error) => toast.error("It was not taken back", { description: error.message }),
    }),
  );
  if (links.length === 0) return null;
  return (
    <section aria-label="Links that work">
      <h3 className="mb-1 font-medium text-sm">Links that work</h3>
      <ul className="max-h-60 divide-y divide-line overflow-auto border-line border-y text-sm">
        {links.map(({ id, url, byName, expiresAt }) => (
          <li key={id} className="flex items-center gap-2 py-1.5">
            <span className="min-w-0 flex-1">
              Until {formatDateTime(expiresAt.toISOString(), zone, true)}
              <span className="block truncate text-muted">Made by {byName || "somebody who left"}</span>
            </span>
            <IconButton
              label="Copy the link"
              size="sm"
              icon={<Copy aria-hidden />}
              onClick={() => void onCopy(url)}
            />
            <IconButton
              label="Take the link back"
              size="sm"
              icon={<Link2Off aria-hidden />}
              disabled={revoke.isPending}
              onClick={() => revoke.mutate({ id })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
