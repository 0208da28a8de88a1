"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { type ComponentProps, type ComponentType, useState } from "react";
import { useLive } from "@/components/shell/live";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { MOST_COUNTED, notificationTopic } from "@/server/notifications/status";
import { useTRPC } from "@/server/trpc/react";
import type { NotificationPanelProps } from "./notification-panel";

/** How many notifications are unread, live, and the list of them all. */
export function NotificationBell({ membershipId, zone }: { membershipId: string; zone: string }) {
  const trpc = useTRPC();
  const { data: unread = 0 } = useQuery(trpc.notifications.unread.queryOptions());
  useLive([notificationTopic(membershipId)], trpc.notifications.pathFilter());
  // Loaded with the first press: every page carries the bell, few the list.
  const [Panel, setPanel] = useState<ComponentType<NotificationPanelProps> | null>(null);
  const open = async () => {
    const { NotificationPanel } = await import("./notification-panel");
    setPanel(() => NotificationPanel);
  };
  return Panel ? (
    <Panel trigger={<BellButton unread={unread} />} zone={zone} unread={unread} />
  ) : (
    <BellButton unread={unread} aria-haspopup="dialog" aria-expanded={false} onClick={() => void open()} />
  );
}

function BellButton({ unread, ...button }: ComponentProps<"button"> & { unread: number }) {
  const count = unread > MOST_COUNTED ? `${MOST_COUNTED}+` : String(unread);
  return (
    <button
      type="button"
      aria-label={unread === 0 ? "Notifications" : `Notifications, ${count} unread`}
      {...button}
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
  );
}
