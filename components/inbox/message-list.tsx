"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { MessageLine as Line } from "@/server/inbox/list";
import { MessageLine } from "./message-line";

type MessageListProps = {
  lines: Line[];
  zone: string;
  openId: string | null;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
  /** Null when everything is shown. */
  onMore: (() => void) | null;
  loadingMore: boolean;
};

/** The messages, newest first; older ones follow by themselves when one scrolls down. */
export function MessageList({ lines, zone, openId, hrefOf, onOpen, onMore, loadingMore }: MessageListProps) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && more.current?.(),
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (openId) document.querySelector(`[data-message-id="${openId}"]`)?.scrollIntoView({ block: "nearest" });
  }, [openId]);
  return (
    <nav aria-label="Messages">
      {lines.map((line) => (
        <MessageLine
          key={line.id}
          line={line}
          href={hrefOf(line.id)}
          zone={zone}
          current={line.id === openId}
          onOpen={onOpen}
        />
      ))}
      <div ref={end} className="flex justify-center py-3 empty:py-0">
        {onMore && (
          <Button variant="ghost" size="sm" loading={loadingMore} onClick={onMore}>
            Show older messages
          </Button>
        )}
      </div>
    </nav>
  );
}
