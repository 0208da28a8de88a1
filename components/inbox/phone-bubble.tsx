"use client";

import { Check, CheckCheck, FileText, ImageIcon, Link2, Phone, Reply, Video } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { PhonePart } from "@/server/inbox/conversation";
import type { phoneLooks } from "./phone-looks";

type Look = (typeof phoneLooks)[keyof typeof phoneLooks];

type PhoneBubbleProps = {
  part: PhonePart;
  look: Look;
  zone: string;
  ownAddress: string;
  channel: "sms" | "whatsapp";
  onButton: (label: string, messageId: string) => void;
};

const headers = {
  image: { icon: ImageIcon, word: "Picture" },
  document: { icon: FileText, word: "Document" },
  video: { icon: Video, word: "Video" },
} as const;

/** One message on the phone. The customer's own stand at the right; ours carry their buttons. */
export function PhoneBubble({ part, look, zone, ownAddress, channel, onButton }: PhoneBubbleProps) {
  const time = new Intl.DateTimeFormat("en-IN", {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: zone,
  }).format(new Date(part.at));
  if (part.by === "customer")
    return (
      <li className={cn("max-w-[85%] self-end rounded-md px-2.5 py-1.5 shadow-xs", look.own)}>
        <span className="sr-only">The customer: </span>
        <p className="whitespace-pre-wrap break-words">{part.text}</p>
        <p className={cn("flex items-center justify-end gap-1 text-xs", look.quiet)}>
          {time}
          {channel === "whatsapp" && <CheckCheck aria-label="Delivered" className="size-3.5" />}
        </p>
      </li>
    );
  const header = part.header && headers[part.header];
  const href = (address: string) =>
    address.startsWith(`${ownAddress}/`) ? address.slice(ownAddress.length) : address;
  return (
    <li className="flex max-w-[85%] flex-col gap-1 self-start">
      <div className={cn("rounded-md px-2.5 py-1.5 shadow-xs", look.bubble)}>
        {header && (
          <span
            className={cn("mb-2 flex h-28 items-center justify-center rounded-sm", look.screen, look.quiet)}
          >
            <header.icon aria-label={header.word} className="size-6" />
          </span>
        )}
        {part.title && <p className="mb-1 font-medium">{part.title}</p>}
        <p className="whitespace-pre-wrap break-words">
          <Words text={part.text} href={href} className={cn("underline underline-offset-2", look.link)} />
        </p>
        {part.footer && <p className={cn("mt-1 text-xs", look.quiet)}>{part.footer}</p>}
        <p className={cn("flex items-center justify-end gap-1 text-xs", look.quiet)}>
          {part.kind === "test" && <span className="mr-auto">Test</span>}
          {time}
          {channel === "whatsapp" && <TickMarks ticks={part.ticks} look={look} />}
        </p>
      </div>
      {part.buttons.map(({ kind, label, value }) => {
        const classes = cn(
          "flex items-center justify-center gap-1.5 rounded-md px-3 py-2 text-center font-medium shadow-xs [&_svg]:size-4",
          look.bubble,
          look.link,
        );
        if (kind === "quick_reply")
          return (
            <button key={label} type="button" className={classes} onClick={() => onButton(label, part.id)}>
              <Reply aria-hidden />
              {label}
            </button>
          );
        const isLink = kind === "url";
        return (
          <a
            key={label}
            className={classes}
            href={isLink ? href(value) : `tel:${value}`}
            {...(isLink && { target: "_blank", rel: "noreferrer" })}
          >
            {isLink ? <Link2 aria-hidden /> : <Phone aria-hidden />}
            {label}
          </a>
        );
      })}
    </li>
  );
}

function TickMarks({ ticks, look }: { ticks: "sent" | "delivered" | "read"; look: Look }) {
  if (ticks === "sent") return <Check aria-label="Sent" className="size-3.5" />;
  return (
    <CheckCheck
      aria-label={ticks === "read" ? "Read" : "Delivered"}
      className={cn("size-3.5", ticks === "read" && look.link)}
    />
  );
}

type WordsProps = { text: string; href: (address: string) => string; className: string };

/** The words with their addresses as links. */
function Words({ text, href, className }: WordsProps) {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/).map((piece, nth) =>
    nth % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
      <a key={nth} className={className} href={href(piece)} target="_blank" rel="noreferrer">
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}
