"use client";

import { useEffect, useRef, useState } from "react";
import { devanagariFace } from "@/components/ui/devanagari-face";
import { applyFrameTheme, type FrameTheme } from "@/components/ui/frame-theme";

type MessageFrameProps = {
  subject: string;
  html: string;
  theme: FrameTheme;
  /** Keys pressed inside the message are the screen's all the same. */
  onKey: (event: KeyboardEvent) => void;
};

const shortest = 240;

// Besides the sandbox: whatever a message holds, it runs nothing, loads nothing but images and our fonts, and sends no form.
const policy =
  "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; font-src 'self' data:; form-action 'none'; base-uri 'none'";

/** The whole document that the frame shows: the policy comes first, so that nothing in the message escapes it. */
export const framedDocument = (html: string): string =>
  `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><base target="_blank"><style>${devanagariFace}</style>${html.replace(/^\s*<!doctype[^>]*>/i, "")}`;

/** Never `allow-scripts`: with it, the same origin would be the reader's session. It is the same only to read the height. */
export const frameSandbox = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/** A message's HTML as its reader sees it. The pixel loads when it is shown, and links open in a new tab: both count. */
export function MessageFrame({ subject, html, theme, onKey }: MessageFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [framed, setFramed] = useState<Document | null>(null);
  const [height, setHeight] = useState(shortest);
  useEffect(() => {
    // A frame that came with the page has loaded before anyone listened.
    const early = frame.current?.contentDocument;
    if (early?.URL === "about:srcdoc" && early.readyState === "complete") setFramed(early);
  }, []);
  useEffect(() => {
    const body = framed?.body;
    if (!body) return;
    const observer = new ResizeObserver(() => setHeight(Math.max(shortest, body.scrollHeight)));
    observer.observe(body);
    framed.addEventListener("keydown", onKey);
    return () => {
      observer.disconnect();
      framed.removeEventListener("keydown", onKey);
    };
  }, [framed, onKey]);
  useEffect(() => {
    if (framed) applyFrameTheme(framed, theme);
  }, [framed, theme]);
  return (
    <iframe
      ref={frame}
      title={`Message: ${subject}`}
      sandbox={frameSandbox}
      srcDoc={framedDocument(html)}
      style={{ height, colorScheme: theme }}
      className="block w-full border-0"
      onLoad={(event) => setFramed(event.currentTarget.contentDocument)}
    />
  );
}
