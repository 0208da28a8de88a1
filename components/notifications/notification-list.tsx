"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useTRPC } from "@/server/trpc/react";
import { NotificationLine } from "./notification-line";

type NotificationListProps = { zone: string; unread: number; onLeave: () => void };

/** What this member was told, newest first. Opening a line marks it as read and leads to what it is about. */
export function NotificationList({ zone, unread, onLeave }: NotificationListProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(
    trpc.notifications.list.infiniteQueryOptions(
      {},
      { getNextPageParam: (page) => page.next, initialCursor: null },
    ),
  );
  const read = useMutation(
    trpc.notifications.markRead.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.notifications.pathFilter()),
      onError: (error) => toast.error(error.message),
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const newest = rows[0]?.id;
  return (
    <section aria-label="Notifications" className="flex max-h-[min(32rem,calc(100dvh-5rem))] flex-col">
      <header className="flex h-11 shrink-0 items-center justify-between gap-2 border-line border-b pr-2 pl-4">
        <h2 className="font-medium">Notifications</h2>
        {unread > 0 && newest && (
          <Button
            size="sm"
            variant="ghost"
            loading={read.isPending}
            onClick={() => read.mutate({ upTo: newest })}
          >
            Mark all as read
          </Button>
        )}
      </header>
      <div className="min-h-0 overflow-y-auto">
        {list.isPending && <Skeleton className="m-4 h-24" />}
        {list.isError && (
          <ErrorState
            title="The notifications could not be read"
            kept="Nothing was changed."
            action={<Button onClick={() => void list.refetch()}>Try again</Button>}
          />
        )}
        {list.isSuccess && rows.length === 0 && (
          <EmptyState icon={Bell} title="Nothing yet" className="py-10">
            Approvals, campaigns that could not go and callbacks that come due are told here.
          </EmptyState>
        )}
        <ol>
          {rows.map((row) => (
            <NotificationLine
              key={row.id}
              notification={row}
              zone={zone}
              onRead={() => row.readAt === null && read.mutate({ id: row.id })}
              onLeave={onLeave}
            />
          ))}
        </ol>
        {list.hasNextPage && (
          <div className="flex justify-center border-line border-t p-2">
            <Button
              size="sm"
              variant="ghost"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              Show older
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
