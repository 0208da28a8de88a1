import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { subjectHref } from "@/server/notifications/status";

type NotificationLineProps = {
  notification: {
    subjectType: string;
    subjectId: string;
    subjectName: string | null;
    text: string;
    at: Date;
    readAt: Date | null;
  };
  zone: string;
  onRead: () => void;
  onLeave: () => void;
};

const line = "flex w-full gap-3 px-4 py-3 text-left outline-offset-[-2px] hover:bg-hover";

/** One notification: what it is about, what happened, when. */
export function NotificationLine({ notification, zone, onRead, onLeave }: NotificationLineProps) {
  const { subjectType, subjectId, subjectName, text, at, readAt } = notification;
  const href = subjectHref(subjectType, subjectId);
  const words = (
    <>
      <span
        aria-hidden
        className={cn("mt-1.5 size-2 shrink-0 rounded-full", readAt ? "bg-transparent" : "bg-accent")}
      />
      <span className="flex min-w-0 flex-1 flex-col">
        {readAt === null && <span className="sr-only">Unread: </span>}
        {subjectName && <span className="truncate font-medium">{subjectName}</span>}
        <span className={subjectName ? "text-muted" : undefined}>{text}</span>
        <span className="text-faint text-xs">
          <Time value={at.toISOString()} zone={zone} />
        </span>
      </span>
    </>
  );
  return (
    <li className="border-line [&+&]:border-t">
      {href ? (
        <Link
          href={href}
          className={line}
          onClick={() => {
            onRead();
            onLeave();
          }}
        >
          {words}
        </Link>
      ) : (
        <button type="button" className={line} onClick={onRead}>
          {words}
        </button>
      )}
    </li>
  );
}
