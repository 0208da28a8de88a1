import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useTRPC } from "@/server/trpc/react";

/** Says of a campaign that the sandbox carries that it reached nobody, and leads to what it wrote. */
export function SandboxNote({ campaignId }: { campaignId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.inbox.list.queryOptions({ campaignId, limit: 1 }));
  if (!data || data.messages.length === 0) return null;
  return (
    <Notice
      action={
        <Button size="sm" asChild>
          <Link href={`/inbox?campaign=${campaignId}`}>Read them in the inbox</Link>
        </Button>
      }
    >
      The sandbox carries this campaign: its messages lie in the inbox, and reach nobody’s phone or mailbox.
    </Notice>
  );
}
