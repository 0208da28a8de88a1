"use client";

import { type ReactElement, useState } from "react";
import { Popover } from "@/components/ui/popover";
import { NotificationList } from "./notification-list";

export type NotificationPanelProps = { trigger: ReactElement; zone: string; unread: number };

/** The list under the bell, open from the moment it is there. */
export function NotificationPanel({ trigger, zone, unread }: NotificationPanelProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover
      label="Notifications"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-96 max-w-[calc(100vw-1rem)] overflow-hidden p-0"
      trigger={trigger}
    >
      <NotificationList zone={zone} unread={unread} onLeave={() => setOpen(false)} />
    </Popover>
  );
}
