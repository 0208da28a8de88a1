"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useLive } from "@/components/shell/live";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Popover } from "@/components/ui/popover";
import { MOST_COUNTED, notificationTopic } from "@/server/notifications/schemas";
import { useTRPC } from "@/server/trpc/react";

// Loaded with the first look: every page carries the bell, few the list.
const NotificationList = dynamic(() => import("./notification-list").then((part) => part.NotificationList));

/** How many notifications are unread, live, and the list of them all. */
export function NotificationBell({ membershipId, zone }: { membershipId: string; zone: string }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const { data: unread = 0 } = useQuery(trpc.notifications.unread.queryOptions());
  useLive([notificationTopic(membershipId)], trpc.notifications.pathFilter());
  const count = unread > MOST_COUNTED ? `${MOST_COUNTED}+` : String(unread);
  return (
    <Popover
      label="Notifications"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-96 max-w-[calc(100vw-1rem)] overflow-hidden p-0"
      trigger={
        <button
          type="button"
          aria-label={unread === 0 ? "Notifications" : `Notifications, ${count} unread`}
          className={cn(buttonClass("ghost"), "relative w-control px-0")}
        >
          <Bell aria-hidden />
          {unread > 0 && (
            <span
              aria-hidden
              data-numeric
              className="absolute top-0 right-0 min-w-4 rounded-full bg-danger-solid px-1 text-center font-medium text-[0.625rem] text-white leading-4"
            >
              {count}
            </span>
          )}
        </button>
      }
    >
      <NotificationList zone={zone} unread={unread} onLeave={() => setOpen(false)} />
    </Popover>
  );
}
