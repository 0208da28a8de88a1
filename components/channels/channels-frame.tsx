import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { PageBody } from "@/components/ui/page-body";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import type { Role } from "@/server/platform/context";

const parts = [
  { href: "/settings/channels", label: "Accounts" },
  { href: "/settings/channels/templates", label: "WhatsApp templates" },
  { href: "/settings/channels/registry", label: "DLT registry" },
  { href: "/settings/channels/prices", label: "Prices" },
] as const;

type ChannelsFrameProps = {
  current: (typeof parts)[number]["href"];
  role: Role;
  description: ReactNode;
  actions?: ReactNode;
  width?: "content" | "full";
  children: ReactNode;
};

/** The screens about channels, with the way from one to the other. */
export function ChannelsFrame({
  current,
  role,
  description,
  actions,
  width = "content",
  children,
}: ChannelsFrameProps) {
  return (
    <>
      <SettingsHeader title="Channels" role={role} description={description} actions={actions} />
      <PageBody width={width}>
        <nav aria-label="Channels" className="-mx-1 flex gap-1 overflow-x-auto px-1">
          {parts.map(({ href, label }) => (
            <Link
              key={href}
              href={href}
              aria-current={href === current ? "page" : undefined}
              className={cn(
                "flex h-control-sm shrink-0 items-center rounded-md px-2.5 text-muted text-sm transition-colors hover:bg-hover hover:text-ink",
                href === current && "bg-pressed font-medium text-ink",
              )}
            >
              {label}
            </Link>
          ))}
        </nav>
        {children}
      </PageBody>
    </>
  );
}
