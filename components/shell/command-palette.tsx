"use client";

import { Command } from "cmdk";
import { CornerDownLeft, FileText, type LucideIcon, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Primitive } from "radix-ui";
import { useDeferredValue, useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";
import { dialogClass, overlayClass } from "@/components/ui/dialog";
import { groupBy } from "@/components/ui/group-by";
import { Kbd } from "@/components/ui/kbd";
import { menuItemClass } from "@/components/ui/menu-styles";
import { useActiveShortcuts } from "@/components/ui/shortcuts";
import { Spinner } from "@/components/ui/spinner";
import { navigation, navigationFor, type Role, settingsNavigation } from "./navigation";

export type FoundRecord = {
  id: string;
  href: string;
  title: string;
  /** Quiet, behind the title: a phone number, a state. */
  detail?: string;
  /** "Customers", "Campaigns": the heading it stands under. */
  group: string;
};

/** Looks for records; called with at least two letters. */
export type SearchEverything = (query: string) => Promise<readonly FoundRecord[]>;

type CommandPaletteProps = { roles: readonly Role[]; search?: SearchEverything; onClose: () => void };

type Answer = { query: string; records: readonly FoundRecord[]; failed: boolean };
const noAnswer: Answer = { query: "", records: [], failed: false };

/** ⌘K: screens, the acts of this screen, and records, by name. */
export function CommandPalette({ roles, search, onClose }: CommandPaletteProps) {
  const router = useRouter();
  const shortcuts = useActiveShortcuts();
  const [typed, setTyped] = useState("");
  const [answer, setAnswer] = useState(noAnswer);
  const query = useDeferredValue(typed.trim());
  useEffect(() => {
    if (!search || query.length < 2) return;
    let current = true;
    search(query).then(
      (records) => current && setAnswer({ query, records, failed: false }),
      () => current && setAnswer({ query, records: [], failed: true }),
    );
    return () => {
      current = false;
    };
  }, [search, query]);
  const searching = Boolean(search) && query.length >= 2 && answer.query !== query;
  const records = query.length >= 2 ? answer.records : [];
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const acts = shortcuts.filter(({ group }) => group !== "Everywhere" && group !== "List");
  return (
    <Primitive.Root open onOpenChange={onClose}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClass} />
        <Primitive.Content
          aria-describedby={undefined}
          className={cn(dialogClass, "max-w-xl overflow-hidden")}
        >
          <Primitive.Title className="sr-only">Search</Primitive.Title>
          <Command loop label="Search" className="flex min-h-0 flex-col">
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
              {!searching && records.length === 0 && (
                <Command.Empty className="px-3 py-8 text-center text-muted">
                  {answer.failed
                    ? "The search did not answer. Try again in a moment."
                    : `Nothing is called “${query}”.`}
                </Command.Empty>
              )}
              {groupBy(records, ({ group }) => group).map(([group, found]) => (
                <Section key={group} heading={group} force>
                  {found.map(({ id, href, title, detail }) => (
                    <Item
                      key={id}
                      value={`${title} ${detail ?? ""} ${id}`}
                      force
                      icon={FileText}
                      onSelect={() => go(href)}
                    >
                      <span className="min-w-0 flex-1 truncate">{title}</span>
                      {detail && <span className="truncate text-faint text-xs">{detail}</span>}
                    </Item>
                  ))}
                </Section>
              ))}
              {acts.length > 0 && (
                <Section heading="On this screen">
                  {acts.map(({ keys, label, run }) => (
                    <Item
                      key={keys}
                      value={label}
                      icon={CornerDownLeft}
                      onSelect={() => {
                        onClose();
                        run();
                      }}
                    >
                      <span className="flex-1">{label}</span>
                      <Kbd keys={keys} />
                    </Item>
                  ))}
                </Section>
              )}
              <Section heading="Go to">
                {navigationFor(navigation, roles).map(({ href, label, icon, keys }) => (
                  <Item key={href} value={label} icon={icon} onSelect={() => go(href)}>
                    <span className="flex-1">{label}</span>
                    {keys && <Kbd keys={keys} />}
                  </Item>
                ))}
                {navigationFor(settingsNavigation, roles).map(({ href, label }) => (
                  <Item
                    key={href}
                    value={`Settings ${label}`}
                    icon={CornerDownLeft}
                    onSelect={() => go(href)}
                  >
                    <span className="text-faint">Settings</span> {label}
                  </Item>
                ))}
              </Section>
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

type SectionProps = { heading: string; force?: boolean; children: React.ReactNode };

function Section({ heading, force, children }: SectionProps) {
  return (
    <Command.Group
      heading={heading}
      forceMount={force}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = {
  value: string;
  icon: LucideIcon;
  /** Found by the server, whatever the words on screen are. */
  force?: boolean;
  onSelect: () => void;
  children: React.ReactNode;
};

function Item({ value, icon: Icon, force, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      forceMount={force}
      onSelect={onSelect}
      className={cn(menuItemClass, "min-h-9")}
    >
      <Icon aria-hidden className="text-faint" />
      {children}
    </Command.Item>
  );
}
