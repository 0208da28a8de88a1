import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import type { MessageLine as Line } from "@/server/inbox/list";

type MessageLineProps = {
  line: Line;
  href: string;
  zone: string;
  current: boolean;
  onOpen: (id: string) => void;
};

/** One message in the list: to whom, what about, how it begins. A click opens it in place; the link can be shared. */
export function MessageLine({ line, href, zone, current, onOpen }: MessageLineProps) {
  const name = line.toName || line.toAddress;
  return (
    <Link
      href={href}
      prefetch={false}
      data-message-id={line.id}
      aria-current={current ? "true" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onOpen(line.id);
      }}
      className={cn(
        "relative flex gap-3 border-line border-b px-4 py-3 -outline-offset-2 hover:bg-hover",
        current && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      {!line.read && (
        <span className="absolute top-5 left-1.5 size-1.5 rounded-full bg-accent-ink">
          <span className="sr-only">Unread. </span>
        </span>
      )}
      <Avatar name={name} className="mt-0.5" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={cn("min-w-0 flex-1 truncate", !line.read && "font-medium")}>{name}</span>
          <span className="shrink-0 text-faint text-xs">
            <Time value={line.deliveredAt.toISOString()} zone={zone} />
          </span>
        </span>
        <span className="flex items-center gap-2">
          <span className={cn("min-w-0 flex-1 truncate text-sm", line.read ? "text-muted" : "font-medium")}>
            {line.channel === "email" ? line.subject || "No subject" : line.toAddress}
          </span>
          {line.kind !== "campaign" && <Badge>{line.kind === "test" ? "Test" : "System"}</Badge>}
        </span>
        <span className="block truncate text-faint text-sm">{line.snippet}</span>
      </span>
    </Link>
  );
}
