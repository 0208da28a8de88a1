"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Bookmark, Check, Plus, X } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { useUrl } from "@/components/ui/use-url";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import type { View } from "@/server/views/schemas";
import { errorMessage } from "./error-details";

/** Lists that the person looks at again: chosen, kept and forgotten from one menu. The address is what is kept. */
export function CampaignViews({ views }: { views: View[] }) {
  const { params } = useUrl();
  const router = useRouter();
  const path = usePathname();
  const { save, remove } = useViews();
  const [naming, setNaming] = useState(false);
  const here = new URLSearchParams(params);
  for (const place of ["after", "before", "sort"]) here.delete(place);
  const query = here.toString();
  const current = views.find((view) => view.query === query);
  if (views.length === 0 && query === "") return null;
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={<Button icon={<Bookmark aria-hidden />}>{current?.name ?? "Views"}</Button>}
      >
        {views.map((view) => (
          <MenuItem
            key={view.id}
            icon={view === current ? <Check aria-hidden /> : <Bookmark aria-hidden />}
            onSelect={() => router.push(`${path}?${view.query}`)}
          >
            {view.name}
          </MenuItem>
        ))}
        {views.length > 0 && <MenuSeparator />}
        {query !== "" && !current && (
          <MenuItem icon={<Plus aria-hidden />} onSelect={() => setNaming(true)}>
            Keep this list
          </MenuItem>
        )}
        {current && (
          <MenuItem icon={<X aria-hidden />} onSelect={() => void remove(current)}>
            Forget “{current.name}”
          </MenuItem>
        )}
        {query !== "" && <MenuItem onSelect={() => router.push(path)}>Show all campaigns</MenuItem>}
      </DropdownMenu>
      {naming && <NameDialog onClose={() => setNaming(false)} onName={(name) => save(name, query)} />}
    </>
  );
}

function useViews() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const again = () => queryClient.invalidateQueries(trpc.campaigns.filters.queryFilter());
  return {
    save: async (name: string, query: string) => {
      await client.campaigns.saveView.mutate({ name, query });
      toast.success(`Kept as “${name}”`);
      await again();
    },
    remove: async ({ id, name }: View) => {
      try {
        await client.campaigns.removeView.mutate({ viewId: id });
        toast.success(`“${name}” is forgotten`);
      } catch (error) {
        toast.error("It did not work", { description: errorMessage(error) });
      }
      await again();
    },
  };
}

type NameDialogProps = { onClose: () => void; onName: (name: string) => Promise<void> };

function NameDialog({ onClose, onName }: NameDialogProps) {
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const keep = async () => {
    if (name.trim() === "") return setError("Give the view a name.");
    try {
      await onName(name.trim());
      onClose();
    } catch (cause) {
      setError(errorMessage(cause));
    }
  };
  return (
    <Dialog title="Keep this list" description="Only you see it." width="sm" open onOpenChange={onClose}>
      <form
        noValidate
        className="flex flex-col gap-4 pt-2"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <Field label="Name" error={error}>
          <Input autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Go back</Button>
          </DialogClose>
          <Button type="submit" variant="primary">
            Keep it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
