import { ImageIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import type { FrameTheme } from "./frame-theme";

const looks = {
  light: {
    screen: "bg-phone-day",
    bar: "bg-phone-day-bar text-phone-day-ink",
    bubble: "bg-phone-day-bubble text-phone-day-ink",
    quiet: "text-phone-day-quiet",
    link: "text-phone-day-link",
  },
  dark: {
    screen: "bg-phone-night",
    bar: "bg-phone-night-bar text-phone-night-ink",
    bubble: "bg-phone-night-bubble text-phone-night-ink",
    quiet: "text-phone-night-quiet",
    link: "text-phone-night-link",
  },
} as const;

export type PhoneMessage = {
  id: string;
  body: string;
  /** "14:05" */
  time: string;
  title?: string;
  /** True while the message has a picture that is not shown here. */
  picture?: boolean;
  footer?: string;
  /** Buttons under the message, as the reader sees them. */
  buttons?: readonly string[];
};

type PhoneFrameProps = {
  /** Who it seems to come from. */
  sender: string;
  theme?: FrameTheme;
  messages: readonly PhoneMessage[];
  /** Instead of messages while there are none. */
  children?: ReactNode;
};

/** A chat as its reader sees it. Shows only; nothing in it can be pressed. */
export function PhoneFrame({ sender, theme = "light", messages, children }: PhoneFrameProps) {
  const look = looks[theme];
  return (
    <figure
      aria-label={`Preview on a phone, from ${sender}`}
      className="w-full max-w-76 rounded-[2.25rem] bg-phone-body p-2 shadow-md"
    >
      <div className={cn("flex h-144 flex-col overflow-hidden rounded-[1.75rem]", look.screen)}>
        <div className={cn("flex flex-col items-center px-4 pt-2 pb-3", look.bar)}>
          <span className="mb-2 h-5 w-20 rounded-full bg-phone-body" />
          <span className="max-w-full truncate font-medium">{sender}</span>
        </div>
        <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-3">
          {messages.map(({ id, title, picture, body, footer, time, buttons = [] }) => (
            <div key={id} className="flex w-[88%] flex-col gap-1">
              <div className={cn("rounded-md px-2.5 py-2 shadow-xs", look.bubble)}>
                {picture && (
                  <span
                    className={cn(
                      "mb-2 flex h-28 items-center justify-center rounded-sm",
                      look.screen,
                      look.quiet,
                    )}
                  >
                    <ImageIcon aria-label="Picture" className="size-5" />
                  </span>
                )}
                {title && <p className="mb-1 font-medium">{title}</p>}
                <p className="whitespace-pre-wrap break-words">{body}</p>
                {footer && <p className={cn("mt-1 text-xs", look.quiet)}>{footer}</p>}
                <p className={cn("text-right text-xs", look.quiet)}>{time}</p>
              </div>
              {buttons.map((button) => (
                <span
                  key={button}
                  className={cn(
                    "rounded-md px-3 py-2 text-center font-medium shadow-xs",
                    look.bubble,
                    look.link,
                  )}
                >
                  {button}
                </span>
              ))}
            </div>
          ))}
          {messages.length === 0 && (
            <div className={cn("m-auto px-6 text-center", look.quiet)}>{children}</div>
          )}
        </div>
      </div>
    </figure>
  );
}
