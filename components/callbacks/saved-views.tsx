"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { useUrl } from "@/components/ui/use-url";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** Tab, filters and search under a name, for this person in whatever browser. */
export function SavedViews() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: views = [] } = useQuery(trpc.callbacks.views.queryOptions());
  const { params } = useUrl();
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const query = new URLSearchParams(params);
  for (const place of ["after", "before", "open"]) query.delete(place);
  const here = query.toString();
  const current = views.find((view) => view.query === here);
  const change = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await queryClient.invalidateQueries(trpc.callbacks.views.queryFilter());
    } catch (error) {
      toast.error("It was not saved", { description: error instanceof Error ? error.message : "Try again." });
    }
  };
  const save = async () => {
    if (name.trim() === "") return;
    await change(() => client.callbacks.saveView.mutate({ name, query: here }));
    setNaming(false);
    setName("");
  };
  return (
    <>
      <DropdownMenu
        trigger={
          <Button icon={<Bookmark aria-hidden />} className="font-normal">
            {current?.name ?? "Views"}
          </Button>
        }
      >
        {views.map((view) => (
          <MenuItem key={view.id} asChild>
            <Link href={`/callbacks?${view.query}`}>{view.name}</Link>
          </MenuItem>
        ))}
        {views.length > 0 && <MenuSeparator />}
        {views.length === 0 && here === "" && (
          <MenuLabel>Choose a tab or filters, then save them here</MenuLabel>
        )}
        <MenuItem
          icon={<Plus aria-hidden />}
          disabled={current !== undefined || here === ""}
          onSelect={() => window.setTimeout(() => setNaming(true))}
        >
          Save this view
        </MenuItem>
        {current && (
          <MenuItem
            icon={<Trash2 aria-hidden />}
            onSelect={() => void change(() => client.callbacks.removeView.mutate({ viewId: current.id }))}
          >
            Forget “{current.name}”
          </MenuItem>
        )}
      </DropdownMenu>
      <Dialog
        title="Save this view"
        description="Tab, filters and search, for you alone."
        open={naming}
        onOpenChange={setNaming}
        footer={
          <Button variant="primary" disabled={name.trim() === ""} onClick={save}>
            Save
          </Button>
        }
      >
        <Field label="Name">
          <Input
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && void save()}
          />
        </Field>
      </Dialog>
    </>
  );
}
