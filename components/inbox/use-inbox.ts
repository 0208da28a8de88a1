"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLive } from "@/components/shell/live";
import type { PhoneConversation } from "@/server/inbox/conversation";
import type { InboxCounts } from "@/server/inbox/counts";
import type { Message } from "@/server/inbox/get";
import type { MessagePage } from "@/server/inbox/list";
import type { ScreenFilters } from "@/server/inbox/schemas";
import { useTRPC } from "@/server/trpc/react";
import type { Place } from "./use-place";

/** What the server read for the first paint, and for which place. */
export type InboxStart = {
  filters: ScreenFilters;
  page: MessagePage;
  counts: InboxCounts;
  message: Message | null;
  /** The phone of the open message, where it is no mail. */
  conversation: PhoneConversation | null;
};

/** The inbox's data, live: messages appear as they are delivered, and figures move as they are opened. */
export function useInbox(start: InboxStart, { openId, filters }: Place) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const asAtStart = JSON.stringify(filters) === JSON.stringify(start.filters);
  const list = useInfiniteQuery(
    trpc.inbox.list.infiniteQueryOptions(filters, {
      getNextPageParam: (page) => page.next ?? undefined,
      initialData: asAtStart ? { pages: [start.page], pageParams: [null] } : undefined,
    }),
  );
  const counts = useQuery(trpc.inbox.counts.queryOptions(undefined, { initialData: start.counts }));
  const message = useQuery(
    trpc.inbox.get.queryOptions(
      { id: openId ?? "" },
      {
        enabled: openId !== null,
        initialData: start.message?.id === openId && start.message ? start.message : undefined,
      },
    ),
  );
  const campaignId = message.data?.campaign?.id;
  useLive(campaignId ? ["inbox", `campaign:${campaignId}`] : ["inbox"], { queryKey: trpc.inbox.pathKey() });

  const lines = (list.data?.pages ?? []).flatMap((page) => page.messages);
  const at = lines.findIndex((line) => line.id === openId);
  const below = at >= 0 ? lines[at + 1]?.id : undefined;
  useEffect(() => {
    // The next one is read ahead, so that "j" never waits.
    if (below) void queryClient.prefetchQuery(trpc.inbox.get.queryOptions({ id: below }));
  }, [below, queryClient, trpc]);
  return { lines, list, counts: counts.data, message };
}
