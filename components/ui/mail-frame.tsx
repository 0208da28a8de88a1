"use client";

import { useEffect, useState } from "react";
import { Avatar } from "./avatar";
import { cn } from "./cn";
import { devanagariFace } from "./devanagari-face";
import { applyFrameTheme, type FrameTheme } from "./frame-theme";

type MailFrameProps = {
  sender: string;
  /** The address it comes from. */
  address: string;
  subject: string;
  /** Follows the subject in the list of a mailbox. */
  preheader?: string;
  /** Right of the sender: a `Time`. */
  time?: React.ReactNode;
  /** The message itself, as it is sent. Scripts in it never run. */
  html: string;
  theme?: FrameTheme;
  /** As wide as a phone. */
  narrow?: boolean;
};

const shortest = 160;

/** A mail as its reader sees it; links open in a new tab. */
export function MailFrame({
  sender,
  address,
  subject,
  preheader,
  time,
  html,
  theme,
  narrow = false,
}: MailFrameProps) {
  const [height, setHeight] = useState(shortest);
  const [framed, setFramed] = useState<Document | null>(null);
  useEffect(() => {
    if (framed && theme) applyFrameTheme(framed, theme);
  }, [framed, theme]);
  return (
    <figure
      aria-label={`Mail from ${sender}`}
      className={cn("w-full overflow-hidden rounded-md border border-line bg-surface", narrow && "max-w-96")}
    >
      <figcaption className="border-line border-b px-4 py-3">
        <p className="break-words font-medium text-lg">
          {subject || <span className="text-faint">No subject</span>}
        </p>
        {preheader && <p className="truncate text-muted text-sm">{preheader}</p>}
        <div className="mt-2 flex items-center gap-2.5">
          <Avatar name={sender} />
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium text-sm">{sender}</p>
            <p className="truncate text-faint text-xs">{address}</p>
          </div>
          {time && <span className="shrink-0 text-faint text-xs">{time}</span>}
        </div>
      </figcaption>
      <iframe
        title={`Mail: ${subject}`}
        // Same origin only so that its height can be read; without allow-scripts nothing in it runs.
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcDoc={`<!doctype html><base target="_blank"><style>${devanagariFace}</style>${html}`}
        style={{ height, colorScheme: theme }}
        className="block w-full border-0"
        onLoad={(event) => {
          const loaded = event.currentTarget.contentDocument;
          if (!loaded) return;
          setHeight(Math.max(shortest, loaded.documentElement.scrollHeight));
          setFramed(loaded);
        }}
      />
    </figure>
  );
}
