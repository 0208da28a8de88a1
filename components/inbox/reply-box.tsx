"use client";

import { SendHorizontal } from "lucide-react";
import { type FormEvent, useState } from "react";
import { cn } from "@/components/ui/cn";
import type { FrameTheme } from "@/components/ui/frame-theme";
import { phoneLooks } from "./phone-looks";
import type { Reply } from "./use-reply";

type ReplyBoxProps = { theme: FrameTheme; reply: Reply; channel: "sms" | "whatsapp" };

/** Where the customer types. Enter sends; what was typed stays when it did not go. */
export function ReplyBox({ theme, reply, channel }: ReplyBoxProps) {
  const look = phoneLooks[theme];
  const [text, setText] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "" || reply.pending) return;
    reply.send({ text: text.trim() }, () => setText(""));
  };
  return (
    <form onSubmit={send} className={cn("flex flex-col gap-1 px-3 py-2", look.bar)}>
      {reply.error && (
        <p role="alert" className="text-xs">
          It was not sent: {reply.error}
        </p>
      )}
      <div className="flex items-center gap-2">
        <input
          aria-label="Answer as the customer"
          placeholder={channel === "sms" ? "Text message" : "Message"}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={cn(
            "h-10 min-w-0 flex-1 rounded-full border border-transparent px-4 text-base pointer-coarse:text-lg",
            look.bubble,
            look.placeholder,
          )}
        />
        <button
          type="submit"
          aria-label="Send"
          disabled={text.trim() === "" || reply.pending}
          aria-busy={reply.pending || undefined}
          className={cn(
            "flex size-10 shrink-0 items-center justify-center rounded-full disabled:opacity-40",
            look.bubble,
            look.link,
          )}
        >
          <SendHorizontal aria-hidden className="size-5" />
        </button>
      </div>
    </form>
  );
}
