"use client";

import { Bookmark, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useStored } from "@/components/ui/use-stored";
import { useUrl } from "@/components/ui/use-url";

type View = { name: string; query: string };

const MOST = 12;

function parse(stored: unknown): View[] {
  if (!Array.isArray(stored)) return [];
  return stored
    .filter((each): each is View => typeof each?.name === "string" && typeof each?.query === "string")
    .slice(0, MOST);
}

/** Tab, filters and search under a name, kept for this person in this browser. */
export function SavedViews() {
  const [views, store] = useStored("callback-views", parse);
  const { params } = useUrl();
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const query = new URLSearchParams(params);
  for (const place of ["after", "before"]) query.delete(place);
  const here = query.toString();
  const current = views.find((view) => view.query === here);
  const save = () => {
    if (name.trim() === "") return;
    store(
      [...views.filter((view) => view.name !== name.trim()), { name: name.trim(), query: here }].slice(-MOST),
    );
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
          <MenuItem key={view.name} asChild>
            <Link href={`/callbacks?${view.query}`}>{view.name}</Link>
          </MenuItem>
        ))}
        {views.length > 0 && <MenuSeparator />}
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
            onSelect={() => store(views.filter((view) => view !== current))}
          >
            Forget “{current.name}”
          </MenuItem>
        )}
      </DropdownMenu>
      <Dialog
        title="Save this view"
        description="Tab, filters and search, for you in this browser."
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
            maxLength={40}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && save()}
          />
        </Field>
      </Dialog>
    </>
  );
}
