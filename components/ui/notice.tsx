import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, toneLooks } from "./tone";

type NoticeProps = {
  tone?: Exclude<Tone, "accent">;
  title?: string;
  /** One button or link: right, or below where there is no room beside the text. */
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
};

/** Something to know, at the place where it matters. Stays until its cause is gone. */
export function Notice({ tone = "information", title, action, className, children }: NoticeProps) {
  const look = toneLooks[tone];
  const Icon = look.icon;
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn(
        "flex items-start gap-2.5 rounded-md px-3 py-2.5 text-sm max-sm:flex-wrap",
        look.soft,
        className,
      )}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", look.text)} />
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-1.625rem)]">
        {title && <p className={cn("font-medium", look.text)}>{title}</p>}
        {children && <div className={cn("text-ink", title && "mt-0.5")}>{children}</div>}
      </div>
      {action && <div className="shrink-0 max-sm:ml-6.5">{action}</div>}
    </div>
  );
}
