"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { FrameTheme } from "@/components/ui/frame-theme";
import type { PhoneConversation, PhonePart } from "@/server/inbox/conversation";
import { PhoneBubble } from "./phone-bubble";
import { phoneLooks } from "./phone-looks";

type PhoneChatProps = {
  conversation: PhoneConversation;
  theme: FrameTheme;
  zone: string;
  /** A quick-reply button of a message is pressed. */
  onButton: (label: string, messageId: string) => void;
  /** Above the first message: the way to older ones. */
  older: ReactNode;
  /** Below the messages: where one types. */
  children: ReactNode;
};

/** A phone with one conversation on it, by days; the latest message is in sight, also when it comes while one looks. */
export function PhoneChat({ conversation, theme, zone, onButton, older, children }: PhoneChatProps) {
  const look = phoneLooks[theme];
  const end = useRef<HTMLDivElement>(null);
  const lastId = conversation.parts.at(-1)?.id;
  useEffect(() => {
    if (lastId) end.current?.scrollIntoView({ block: "nearest" });
  }, [lastId]);
  return (
    <section
      aria-label={`Phone of ${conversation.name || conversation.address}`}
      className="flex w-full flex-col md:max-h-180 md:w-96 md:rounded-[2.25rem] md:bg-phone-body md:p-2 md:shadow-md"
    >
      <div
        className={cn(
          "flex min-h-0 flex-1 flex-col overflow-hidden max-md:min-h-[calc(100dvh-10.25rem)] md:rounded-[1.75rem]",
          look.screen,
        )}
      >
        <header className={cn("flex flex-col items-center px-4 pt-2 pb-3", look.bar)}>
          <span className="mb-2 h-5 w-20 rounded-full bg-phone-body max-md:hidden" />
          <span className="max-w-full truncate font-medium">{conversation.sender}</span>
        </header>
        <section
          aria-label="Messages on the phone"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="min-h-0 flex-1 overflow-y-auto p-3"
        >
          {older && <div className="mb-3 flex justify-center">{older}</div>}
          <ol className="flex flex-col gap-2">
            {byDay(conversation.parts, zone).map(({ day, parts }) => (
              <li key={day}>
                <p className="mb-2 text-center">
                  <span className={cn("rounded-full px-2.5 py-1 text-xs", look.bar, look.quiet)}>{day}</span>
                </p>
                <ol className="flex flex-col gap-2">
                  {parts.map((part) => (
                    <PhoneBubble
                      key={part.id}
                      part={part}
                      look={look}
                      zone={zone}
                      ownAddress={conversation.ownAddress}
                      channel={conversation.channel}
                      onButton={onButton}
                    />
                  ))}
                </ol>
              </li>
            ))}
          </ol>
          <div ref={end} />
        </section>
        {children}
      </div>
    </section>
  );
}

function byDay(parts: readonly PhonePart[], zone: string): { day: string; parts: PhonePart[] }[] {
  const format = new Intl.DateTimeFormat("en-IN", {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: zone,
  });
  const days = new Map<string, PhonePart[]>();
  for (const part of parts) {
    const day = format.format(new Date(part.at));
    days.set(day, [...(days.get(day) ?? []), part]);
  }
  return [...days].map(([day, own]) => ({ day, parts: own }));
}
