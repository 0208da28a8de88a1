import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

type PageHeaderProps = {
  title: string;
  /** Beside the title: a `StatusBadge`. */
  status?: ReactNode;
  description?: ReactNode;
  /** Where this screen hangs: the list it came from. `on: "phone"`: wider screens show that list beside it. */
  back?: { href: string; label: string; on?: "phone" };
  /** Buttons, main act last. */
  actions?: ReactNode;
  /** `LinkTabs` of this screen. */
  tabs?: ReactNode;
};

/** The top of every screen; holds its only `h1`. Where screens are small and pages long, the tabs stay in sight. */
export function PageHeader({ title, status, description, back, actions, tabs }: PageHeaderProps) {
  const header = (
    <header className={cn("gutter pt-5", !tabs && "border-line border-b")}>
      {back && (
        <Link
          href={back.href}
          className={cn(
            "-ml-0.5 mb-1 inline-flex items-center gap-1 rounded-sm text-muted text-sm hover:text-ink",
            back.on === "phone" && "md:hidden",
          )}
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 break-words font-medium text-xl">{title}</h1>
            {status}
          </div>
          {description && <p className="mt-0.5 max-w-2xl text-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
  if (!tabs) return header;
  return (
    <>
      {header}
      <div
        data-tabs
        className="gutter border-line border-b bg-surface max-lg:sticky max-lg:top-(--bar) max-lg:z-10"
      >
        {tabs}
      </div>
    </>
  );
}
