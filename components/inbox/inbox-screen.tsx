"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CheckCheck } from "lucide-react";
import { useCallback, useMemo } from "react";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import { countedUpTo } from "@/server/inbox/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { EmptyInbox, NoMatch, NothingOpen } from "./empty-inbox";
import { InboxFilters } from "./inbox-filters";
import { MessageList } from "./message-list";
import { MessageView } from "./message-view";
import { PhoneView } from "./phone-view";
import { ScriptDialog } from "./script-dialog";
import { type InboxStart, useInbox } from "./use-inbox";
import { useInboxKeys } from "./use-inbox-keys";
import { usePlace } from "./use-place";

type InboxScreenProps = { start: InboxStart; zone: string; showSystem: boolean };

/** The sandbox inbox: what the product delivered, each message as its reader sees it. */
export function InboxScreen({ start, zone, showSystem }: InboxScreenProps) {
  const place = usePlace();
  const { openId, go } = place;
  const { lines, list, counts, message } = useInbox(start, place);
  const ids = useMemo(() => lines.map((line) => line.id), [lines]);
  const keys = useInboxKeys(ids, place);
  // Keys pressed inside the message's frame do not reach the screen by themselves.
  const passOn = useCallback((event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const again = new KeyboardEvent("keydown", {
      key,
      ctrlKey,
      metaKey,
      altKey,
      bubbles: true,
      cancelable: true,
    });
    if (!document.dispatchEvent(again)) event.preventDefault();
  }, []);
  if (counts.total === 0 && openId === null) return <EmptyInbox />;
  return (
    <div className="flex md:h-[calc(100dvh-var(--bar))]">
      {openId !== null && <h1 className="sr-only md:hidden">Inbox</h1>}
      <section
        aria-label="List"
        className={cn(
          "flex w-full flex-col border-line md:w-96 md:shrink-0 md:border-r",
          openId !== null && "max-md:hidden",
        )}
      >
        <header className="flex flex-col gap-3 border-line border-b px-4 pt-5 pb-3">
          <div className="flex items-center gap-2">
            <h1 className="font-medium text-xl">Inbox</h1>
            <span className="flex-1 text-muted text-sm tabular-nums">{unreadWords(counts.unread)}</span>
            {showSystem && <ScriptDialog />}
            <MarkAllRead disabled={counts.unread === 0} />
          </div>
          <InboxFilters counts={counts} channel={place.filters.channel} showSystem={showSystem} />
        </header>
        <div className="min-h-0 flex-1 md:overflow-y-auto">
          {lines.length === 0 && list.isSuccess && (
            <NoMatch channel={place.filters.channel} filtered={place.filtered} />
          )}
          <MessageList
            lines={lines}
            zone={zone}
            openId={openId}
            hrefOf={place.hrefOf}
            onOpen={(id) => go(id, { replace: openId !== null })}
            onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : null}
            loadingMore={list.isFetchingNextPage}
          />
        </div>
      </section>
      <section
        aria-label="Message"
        className={cn("flex min-w-0 flex-1 flex-col", openId === null && "max-md:hidden")}
      >
        {openId === null || message.isError ? (
          <NothingOpen missing={openId !== null} onBack={() => go(null)} />
        ) : message.data && message.data.channel !== "email" ? (
          <PhoneView
            key={message.data.id}
            messageId={message.data.id}
            initial={start.conversation}
            zone={zone}
            onClose={keys.close}
            onStep={keys.step}
          />
        ) : (
          message.data && (
            <MessageView
              message={message.data}
              zone={zone}
              tab={place.tab}
              onTab={(tab) => go(openId, { replace: true, tab })}
              onClose={keys.close}
              onStep={keys.step}
              onKey={passOn}
            />
          )
        )}
      </section>
    </div>
  );
}

const unreadWords = (unread: number) =>
  unread === 0 ? "All read" : `${unread >= countedUpTo ? `${countedUpTo - 1}+` : formatCount(unread)} unread`;

function MarkAllRead({ disabled }: { disabled: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.inbox.markAllRead.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.inbox.pathKey() }),
      onError: (error) => toast.error("Nothing was marked", { description: error.message }),
    }),
  );
  return (
    <IconButton
      label="Mark all as read"
      icon={<CheckCheck aria-hidden />}
      loading={isPending}
      disabled={disabled}
      onClick={() => mutate()}
    />
  );
}
