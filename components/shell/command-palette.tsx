"use client";

import { Command } from "cmdk";
import { CornerDownLeft, FileText, type LucideIcon, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { dialogClass, overlayClass } from "@/components/ui/dialog";
import { groupBy } from "@/components/ui/group-by";
import { Kbd } from "@/components/ui/kbd";
import { menuItemClass } from "@/components/ui/menu-styles";
import { useActiveShortcuts } from "@/components/ui/shortcuts";
import { Spinner } from "@/components/ui/spinner";
import { navigation, navigationFor, type Role } from "./navigation";
import { settingsNavigation } from "./settings-navigation";
import { type SearchEverything, useSearch } from "./use-search";

type CommandPaletteProps = { roles: readonly Role[]; search?: SearchEverything; onClose: () => void };

type Entry = {
  id: string;
  group: string;
  label: string;
  icon: LucideIcon;
  detail?: string;
  keys?: string;
  run: () => void;
};

/** ⌘K: the acts of this screen, screens, and records, by name. */
export function CommandPalette({ roles, search, onClose }: CommandPaletteProps) {
  const router = useRouter();
  const shortcuts = useActiveShortcuts();
  const [typed, setTyped] = useState("");
  const query = typed.trim();
  const { records, searching, failed } = useSearch(search, query);
  const go = (href: string) => () => router.push(href);
  const own: Entry[] = [
    ...shortcuts
      .filter(({ group }) => group !== "Everywhere" && group !== "List")
      .map(({ keys, label, run }) => ({
        id: keys,
        group: "On this screen",
        label,
        icon: CornerDownLeft,
        keys,
        run,
      })),
    ...navigationFor(navigation, roles).map(({ href, label, icon, keys }) => ({
      id: href,
      group: "Go to",
      label,
      icon,
      keys,
      run: go(href),
    })),
    ...navigationFor(settingsNavigation, roles).map(({ href, label, icon }) => ({
      id: href,
      group: "Settings",
      label,
      icon,
      run: go(href),
    })),
  ];
  const wanted = query.toLocaleLowerCase("en-IN");
  const entries: Entry[] = [
    ...own.filter(({ label, group }) => `${group} ${label}`.toLocaleLowerCase("en-IN").includes(wanted)),
    ...records.map(({ id, href, title, detail, group }) => ({
      id,
      group,
      label: title,
      icon: FileText,
      detail,
      run: go(href),
    })),
  ];
  return (
    <Primitive.Root open onOpenChange={onClose}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClass} />
        <Primitive.Content
          aria-describedby={undefined}
          className={cn(dialogClass, "max-w-xl overflow-hidden")}
        >
          <Primitive.Title className="sr-only">Search</Primitive.Title>
          <Command loop shouldFilter={false} label="Search" className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-line border-b px-4">
              {searching ? (
                <Spinner className="text-faint" />
              ) : (
                <Search aria-hidden className="size-4 text-faint" />
              )}
              <Command.Input
                value={typed}
                onValueChange={setTyped}
                placeholder={search ? "A screen, a customer, a campaign" : "A screen"}
                className="h-12 flex-1 bg-transparent text-lg outline-none"
              />
            </div>
            <Command.List className="max-h-[50vh] overflow-y-auto p-1.5 text-sm">
              {entries.length === 0 && !searching && (
                <p role="status" className="px-3 py-8 text-center text-muted">
                  {failed
                    ? "The search did not answer. Try again in a moment."
                    : `Nothing is called “${query}”.`}
                </p>
              )}
              {groupBy(entries, ({ group }) => group).map(([group, found]) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
                >
                  {found.map(({ id, icon: Icon, label, detail, keys, run }) => (
                    <Command.Item
                      key={id}
                      value={`${group} ${id}`}
                      className={cn(menuItemClass, "min-h-9")}
                      onSelect={() => {
                        onClose();
                        run();
                      }}
                    >
                      <Icon aria-hidden className="text-faint" />
                      <span className="min-w-0 flex-1 truncate">{marked(label, wanted)}</span>
                      {detail && <span className="truncate text-faint text-xs">{detail}</span>}
                      {keys && <Kbd keys={keys} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** What was typed, made stronger where it stands in a name. */
function marked(label: string, wanted: string): ReactNode {
  const at = wanted ? label.toLocaleLowerCase("en-IN").indexOf(wanted) : -1;
  if (at < 0) return label;
  const end = at + wanted.length;
  return (
    <>
      {label.slice(0, at)}
      <span className="font-medium">{label.slice(at, end)}</span>
      {label.slice(end)}
    </>
  );
}
