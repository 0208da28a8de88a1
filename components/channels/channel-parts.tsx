import Link from "next/link";
import { cn } from "@/components/ui/cn";

const parts = [
  { href: "/settings/channels", label: "Accounts" },
  { href: "/settings/channels/templates", label: "WhatsApp templates" },
  { href: "/settings/channels/registry", label: "DLT registry" },
  { href: "/settings/channels/prices", label: "Prices" },
] as const;
export type ChannelPart = (typeof parts)[number]["href"];

/** The way from one screen about channels to the others. */
export function ChannelParts({ current }: { current: ChannelPart }) {
  return (
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
  );
}
