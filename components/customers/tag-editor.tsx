"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { toast } from "@/components/ui/toaster";
import type { CustomerDetail } from "@/server/customers/get";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { TagPicker } from "./tag-picker";

type TagEditorProps = { customer: Pick<CustomerDetail, "id" | "tags">; mayEdit: boolean };

/** The tags of a customer: each can be taken away, new ones are typed or chosen from those in use. */
export function TagEditor({ customer, mayEdit }: TagEditorProps) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const suggestions = useQuery(trpc.customers.values.queryOptions({ of: "tag" }, { enabled: open }));
  const change = async (tags: { add?: string[]; remove?: string[] }) => {
    try {
      await client.customers.tag.mutate({ customerId: customer.id, ...tags });
      await queryClient.invalidateQueries({ queryKey: trpc.customers.pathKey() });
    } catch (cause) {
      toast.error("The tags were not changed", {
        description: cause instanceof Error ? cause.message : undefined,
      });
    }
  };
  const free = (suggestions.data ?? [])
    .filter(({ value }) => !customer.tags.includes(value))
    .map(({ value, customers }) => ({ tag: value, customers }));
  return (
    <ul aria-label="Tags" className="flex flex-wrap items-center gap-1.5">
      {customer.tags.map((tag) => (
        <li
          key={tag}
          className="inline-flex h-6 max-w-full items-center rounded-sm bg-subtle pl-2 font-medium text-muted text-xs pointer-coarse:h-8"
        >
          <span className="truncate pr-2">{tag}</span>
          {mayEdit && (
            <button
              type="button"
              aria-label={`Take away the tag ${tag}`}
              onClick={() => void change({ remove: [tag] })}
              className="-ml-1.5 flex h-full w-6 items-center justify-center rounded-sm text-faint hover:bg-pressed hover:text-ink"
            >
              <X aria-hidden className="size-3" />
            </button>
          )}
        </li>
      ))}
      {customer.tags.length === 0 && !mayEdit && <li className="text-muted text-sm">No tags.</li>}
      {mayEdit && (
        <li>
          <Popover
            label="Add a tag"
            open={open}
            onOpenChange={setOpen}
            className="w-60 p-0"
            trigger={
              <Button
                size="sm"
                variant="ghost"
                className="h-6 px-1.5 text-xs pointer-coarse:h-8"
                icon={<Plus aria-hidden />}
              >
                Add tag
              </Button>
            }
          >
            <TagPicker
              suggestions={free}
              onChoose={(tag) => {
                setOpen(false);
                void change({ add: [tag] });
              }}
            />
          </Popover>
        </li>
      )}
    </ul>
  );
}
