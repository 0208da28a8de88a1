import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { navigationFor, type Role } from "@/components/shell/navigation";
import { settingsNavigation } from "@/components/shell/settings-navigation";
import { groupBy } from "@/components/ui/group-by";

/** Every screen under Settings that this person may open, with what is found there. */
export function SettingsIndex({ roles }: { roles: readonly Role[] }) {
  return (
    <div className="flex flex-col gap-6">
      {groupBy(navigationFor(settingsNavigation, roles), ({ group }) => group).map(([group, entries]) => (
        <section key={group} aria-labelledby={`settings-${group}`}>
          <h2 id={`settings-${group}`} className="pb-2 font-medium">
            {group}
          </h2>
          <ul className="divide-y divide-line rounded-md border border-line">
            {entries.map(({ href, label, about, icon: Icon }) => (
              <li key={href}>
                <Link
                  href={href}
                  className="flex items-center gap-3 px-4 py-3 transition-colors hover:bg-subtle"
                >
                  <Icon aria-hidden className="size-4 shrink-0 text-muted" />
                  <span className="min-w-0 flex-1">
                    <span className="block">{label}</span>
                    <span className="block text-muted text-sm">{about}</span>
                  </span>
                  <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
