"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { cn } from "@/components/ui/cn";
import { useStored } from "@/components/ui/use-stored";
import type { Message } from "@/server/inbox/get";
import { useTRPC } from "@/server/trpc/react";
import { MailReply } from "./mail-reply";
import { MessageDetails } from "./message-details";
import { MessageFacts } from "./message-facts";
import { MessageFrame } from "./message-frame";
import { type FrameWidth, type MessageTab, MessageToolbar } from "./message-toolbar";
import { useFrameTheme } from "./use-frame-theme";

type MessageViewProps = {
  message: Message;
  zone: string;
  tab: MessageTab;
  onTab: (tab: MessageTab) => void;
  onClose: () => void;
  onStep: (step: 1 | -1) => void;
  onKey: (event: KeyboardEvent) => void;
};

const asWidth = (stored: unknown): FrameWidth => (stored === "phone" ? "phone" : "wide");

/** One message as its reader sees it. Opening it marks it as read, and its pixel counts as an open. */
export function MessageView({ message, zone, tab, onTab, onClose, onStep, onKey }: MessageViewProps) {
  const [width, setWidth] = useStored("inbox.width", asWidth);
  const [theme, setTheme] = useFrameTheme();
  useReadMark(message);
  const shown: MessageTab = tab === "message" && message.html === null ? "text" : tab;
  return (
    <article aria-label={message.subject || "Message"} className="flex min-h-0 flex-1 flex-col">
      <MessageToolbar
        tab={shown}
        onTab={onTab}
        hasHtml={message.html !== null}
        width={width}
        onWidth={setWidth}
        theme={theme}
        onTheme={setTheme}
        onClose={onClose}
        onStep={onStep}
      />
      <div className="min-h-0 flex-1 md:overflow-y-auto">
        <div className="border-line border-b px-4 py-4 md:px-6">
          <MessageFacts message={message} zone={zone} />
        </div>
        {shown === "message" && message.html !== null && (
          <div className={cn("bg-canvas", width === "phone" && "md:px-6 md:py-6")}>
            <div
              className={cn(
                "mx-auto w-full overflow-hidden",
                width === "phone" && "md:max-w-98 md:rounded-md md:border md:border-line-strong",
              )}
            >
              <MessageFrame
                key={message.id}
                subject={message.subject}
                html={message.html}
                theme={theme}
                onKey={onKey}
              />
            </div>
          </div>
        )}
        {shown === "text" && (
          <pre className="whitespace-pre-wrap break-words px-4 py-5 font-mono text-sm md:px-6">
            {message.text}
          </pre>
        )}
        {shown !== "headers" && message.kind !== "system" && (
          <MailReply key={message.id} messageId={message.id} />
        )}
        {shown === "headers" && <MessageDetails message={message} zone={zone} />}
      </div>
    </article>
  );
}

function useReadMark({ id, read }: Message): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(
    trpc.inbox.markRead.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.inbox.pathKey() }),
    }),
  );
  useEffect(() => {
    if (!read) mutate({ id });
  }, [id, read, mutate]);
}
