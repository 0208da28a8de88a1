"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Megaphone, Tag, UserRound } from "lucide-react";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ExportButton } from "@/components/ui/export-button";
import { OptionList } from "@/components/ui/option-list";
import { Popover } from "@/components/ui/popover";
import { toast } from "@/components/ui/toaster";
import {
  type ChangeCustomersInput,
  type ListCustomersInput,
  type StopState,
  stopStateLabels,
  stopStates,
} from "@/server/customers/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { exportHref } from "./export-href";
import { TagPicker } from "./tag-picker";

type BulkActsProps = {
  ids: readonly string[];
  clear: () => void;
  input: ListCustomersInput;
  /** How many customers the filters leave on all pages, when the whole page is ticked and there are more. */
  whole: number | null;
  ownBook: boolean;
};

const NONE = "none";

/** What can be done with the ticked customers, or with everybody whom the filters leave. */
export function BulkActs({ ids, clear, input, whole, ownBook }: BulkActsProps) {
  const [everybody, setEverybody] = useState(false);
  const [open, setOpen] = useState<"tag" | "advisor" | "stop" | null>(null);
  const [pending, startTransition] = useTransition();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const tags = useQuery(trpc.customers.values.queryOptions({ of: "tag" }, { enabled: open === "tag" }));
  const advisors = useQuery(trpc.customers.advisors.queryOptions(undefined, { enabled: open === "advisor" }));
  const all = everybody && whole !== null;
  const who = all ? { filters: input } : { ids: [...ids] };
  const act = (given: ChangeCustomersInput["act"], done: (count: string) => string) => {
    setOpen(null);
    startTransition(async () => {
      try {
        const { changed } = await client.customers.changeMany.mutate({ who, act: given });
        await queryClient.invalidateQueries({ queryKey: trpc.customers.pathKey() });
        const count = `${formatCount(changed)} ${changed === 1 ? "customer" : "customers"}`;
        if (changed === 0) toast.message("Nothing to change: they are that way already");
        else toast.success(done(count), undoOf(given));
        clear();
      } catch (cause) {
        toast.error("It was not done", { description: cause instanceof Error ? cause.message : undefined });
      }
    });
  };
  // Only what was ticked by hand can be taken back exactly.
  const undoOf = (given: ChangeCustomersInput["act"]) => {
    if (all || given.kind !== "add_tag") return undefined;
    const { tag } = given;
    const onClick = () => act({ kind: "remove_tag", tag }, (count) => `Tag taken from ${count}`);
    return { action: { label: "Undo", onClick } };
  };
  const menu = (name: "tag" | "advisor" | "stop", label: string, icon: ReactNode, content: ReactNode) => (
    <Popover
      label={label}
      open={open === name}
      onOpenChange={(isOpen) => setOpen(isOpen ? name : null)}
      className="w-60 p-0"
      trigger={
        <Button size="sm" icon={icon} disabled={pending}>
          {label}
        </Button>
      }
    >
      {content}
    </Popover>
  );
  return (
    <>
      {whole !== null && (
        <Button
          size="sm"
          variant={all ? "primary" : "ghost"}
          aria-pressed={all}
          onClick={() => setEverybody(!everybody)}
        >
          {all ? `All ${formatCount(whole)} chosen` : `Choose all ${formatCount(whole)}`}
        </Button>
      )}
      {menu(
        "tag",
        "Add tag",
        <Tag aria-hidden />,
        <TagPicker
          suggestions={(tags.data ?? []).map(({ value, customers }) => ({ tag: value, customers }))}
          onChoose={(tag) => act({ kind: "add_tag", tag }, (count) => `Tag added to ${count}`)}
        />,
      )}
      {!ownBook &&
        menu(
          "advisor",
          "Set advisor",
          <UserRound aria-hidden />,
          <OptionList
            label="Find an advisor"
            options={[
              { value: NONE, label: "No advisor" },
              ...(advisors.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={(id) =>
              act(
                { kind: "set_advisor", advisorId: id === NONE ? null : id },
                (count) => `Advisor set for ${count}`,
              )
            }
          />,
        )}
      {menu(
        "stop",
        "Promotion",
        <Megaphone aria-hidden />,
        <OptionList
          label="Find a state"
          options={[
            { value: NONE, label: "Not stopped" },
            ...stopStates.map((value) => ({ value, label: stopStateLabels[value] })),
          ]}
          onChoose={(state) =>
            act(
              { kind: "set_stop_state", stopState: state === NONE ? null : (state as StopState) },
              (count) => `Promotion changed for ${count}`,
            )
          }
        />,
      )}
      <ExportButton
        size="sm"
        title="Customers"
        href={exportHref(all ? { input } : { ids, input })}
        total={all ? whole : ids.length}
      />
    </>
  );
}
